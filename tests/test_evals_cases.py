"""Cases and gold labels: what is in the repository is sound, and what is wrong is named by line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from evals_support import CASES
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import EvaluationError
from dragoman.evals.cases import GOLD_FILE, Gold, corpus_hash, load_cases
from dragoman.evals.validation import JsonPath, check_gold, line_numbers

ARTICLE = "Ada traf Berta.\nAda warnte Berta.\nSiehe auch: Wetter"
GOLD = {
    "id": "small",
    "language": "de",
    "source_language": None,
    "title": None,
    "noise": ["Siehe auch: Wetter"],
    "actors": [
        {"name": "Ada", "kind": "person", "surface_forms": ["Ada"]},
        {"name": "Berta", "kind": "person", "surface_forms": ["Berta"]},
    ],
    "meetings": [
        {
            "participants": ["Ada", "Berta"],
            "status": "held",
            "format": "unstated",
            "place": None,
            "date": None,
            "evidence": ["Ada traf Berta"],
        }
    ],
    "positions": [],
    "warnings": [
        {
            "issuer": "Ada",
            "addressee": "Berta",
            "kind": "caution",
            "gist": "warns",
            "evidence": ["Ada warnte Berta."],
        }
    ],
    "corrections": [
        {"original": "traf", "accepted": ["rief"], "kind": "mistranslation", "impact": "major"}
    ],
}


def problems(gold: object, article: str = ARTICLE) -> list[str]:
    """The problems found in labels, as lines."""
    text = gold if isinstance(gold, str) else json.dumps(gold, indent=1)
    result = check_gold(text, article, "small")
    return [] if isinstance(result, Gold) else [str(problem) for problem in result]


def changed(*path: str | int, to: object) -> dict[str, object]:
    """The good labels with one value changed."""
    gold = json.loads(json.dumps(GOLD))
    place = gold
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = to
    return gold  # type: ignore[no-any-return] # json.loads promises nothing


def test_the_repositorys_labels_are_sound() -> None:
    """All 23 cases load, so every snippet lies in its article and every name is introduced."""
    cases = load_cases(CASES)
    assert len(cases) == 23
    assert [case.id for case in cases] == sorted(case.id for case in cases)


def test_every_case_is_in_the_notice() -> None:
    """The notice states the origin of every article, and of no other."""
    notice = (CASES / "NOTICE.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in notice.splitlines() if line.startswith("| `")}
    assert listed == {case.id for case in load_cases(CASES)}


def test_good_labels_have_no_problem() -> None:
    """The labels that the other tests spoil are sound themselves."""
    assert problems(GOLD) == []


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        (changed("id", to="other"), "id: 'other' is not the name of the folder, 'small'"),
        (changed("noise", 0, to="Wetter"), "noise[0]: no line of the article reads 'Wetter'"),
        (
            changed("actors", 1, "surface_forms", 0, to="Bertha"),
            "actors[1].surface_forms[0]: not in the article: 'Bertha'",
        ),
        (changed("actors", 1, "name", to="Ada"), "actors[1].name: a second actor is called 'Ada'"),
        (
            changed("meetings", 0, "participants", 1, to="Clara"),
            "meetings[0].participants[1]: no actor is called 'Clara'",
        ),
        (
            changed("meetings", 0, "participants_also", to=[["Ada", "Clara"]]),
            "meetings[0].participants_also[0][1]: no actor is called 'Clara'",
        ),
        (
            changed("warnings", 0, "evidence", 0, to="Ada warnte Clara"),
            "warnings[0].evidence[0]: not in the article: 'Ada warnte Clara'",
        ),
        (
            changed("warnings", 0, "evidence", 0, to="Wetter"),
            "in no single line of the article that is not noise: 'Wetter'",
        ),
        (
            changed("warnings", 0, "evidence", 0, to="Berta.\nAda"),
            "in no single line of the article that is not noise",
        ),
        (
            changed("corrections", 0, "span_also", to=["riet"]),
            "corrections[0].span_also[0]: not in the article: 'riet'",
        ),
        (changed("warnings", 0, "kind", to="promise"), "warnings[0].kind: Input should be"),
        (changed("warnings", 0, "mood", to="bad"), "warnings[0].mood: Extra inputs"),
        (changed("meetings", 0, "participants", to=["Ada"]), "meetings[0].participants: Tuple"),
    ],
)
def test_a_wrong_label_is_named(gold: dict[str, object], message: str) -> None:
    """Each thing that can be wrong with a label is found and its place in the file named."""
    found = problems(gold)
    assert any(message in problem for problem in found), found
    assert all(problem.startswith(f"small/{GOLD_FILE}:") for problem in found)


def test_a_wrong_label_is_named_with_its_line() -> None:
    """The line is that of the value itself."""
    text = json.dumps(changed("warnings", 0, "issuer", to="Clara"), indent=1)
    line = 1 + [row.strip() for row in text.splitlines()].index('"issuer": "Clara",')
    assert problems(text) == [
        f"small/gold.json:{line}: warnings[0].issuer: no actor is called 'Clara'"
    ]


def test_broken_json_is_named_with_its_line() -> None:
    """A slip of the pen (a missing comma) gives line and column, not a traceback."""
    text = json.dumps(GOLD, indent=1).replace('"id": "small",', '"id": "small"')
    assert problems(text) == ["small/gold.json:3: not JSON: Expecting ',' delimiter (column 2)"]


def test_a_key_given_twice_is_named() -> None:
    """JSON keeps the last of two equal keys in silence; a label would be lost."""
    text = json.dumps(GOLD, indent=1).replace('"positions": [],', '"positions": [], "noise": [],')
    found = problems(text)
    assert len(found) == 1
    assert found[0].endswith("noise: the key is given twice")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(json_values, st.sampled_from([None, 0, 2]))
def test_every_json_value_has_a_line(value: object, indent: int | None) -> None:
    """The map of lines knows the path of every value in any JSON text, and no other."""

    def paths(part: object, path: JsonPath = ()) -> list[JsonPath]:
        inner = (
            part.items()
            if isinstance(part, dict)
            else enumerate(part)
            if isinstance(part, list)
            else ()
        )
        return [path, *(deep for key, each in inner for deep in paths(each, (*path, key)))]

    text = json.dumps(value, indent=indent, ensure_ascii=False)
    lines = line_numbers(text)
    assert sorted(map(str, lines)) == sorted(map(str, paths(value)))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


def test_all_problems_of_all_cases_are_reported_at_once(tmp_path: Path) -> None:
    """Who mends labels by hand wants the whole list."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "article.txt").write_text(ARTICLE, encoding="utf-8")
        (tmp_path / name / GOLD_FILE).write_text(json.dumps(GOLD), encoding="utf-8")
    with pytest.raises(EvaluationError, match="2 problems") as caught:
        load_cases(tmp_path)
    assert "one/gold.json:1" in str(caught.value)
    assert "two/gold.json:1" in str(caught.value)


def test_a_case_without_labels_is_an_error_not_skipped(tmp_path: Path) -> None:
    """A folder without gold labels would otherwise vanish from the figures."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"one/gold\.json: the file is missing"):
        load_cases(tmp_path)


def test_no_cases_is_an_error(tmp_path: Path) -> None:
    """No folder, an empty folder and an unknown case each say what to do."""
    with pytest.raises(EvaluationError, match="--cases"):
        load_cases(tmp_path / "nowhere")
    with pytest.raises(EvaluationError, match="new-case"):
        load_cases(tmp_path)
    with pytest.raises(EvaluationError, match="Choose among: de-"):
        load_cases(CASES, ["no-such-case"])


def shingles(text: str, length: int = 6) -> set[tuple[str, ...]]:
    """All runs of `length` words."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_no_example_of_the_prompts_is_taken_from_a_case() -> None:
    """The prompts share no six words in a row with an article the program is measured by.

    Otherwise the figures would say how well the model remembers, not how well it reads.
    """
    templates = list((CASES.parent.parent / "prompts").glob("*.j2"))
    assert templates
    cases = load_cases(CASES)
    known = set[tuple[str, ...]]().union(
        *(shingles(case.article_path.read_text(encoding="utf-8")) for case in cases)
    )
    assert len(known) > 1000
    for file in templates:
        shared = known & shingles(file.read_text(encoding="utf-8"))
        assert not shared, f"{file.name}: {sorted(shared)[:3]}"


def test_the_corpus_hash_knows_every_byte(tmp_path: Path) -> None:
    """Changing one character of one article changes the hash; copying a corpus does not."""
    ids = [case.id for case in load_cases(CASES)][:2]
    for name in ids:
        shutil.copytree(CASES / name, tmp_path / name)
    before = corpus_hash(load_cases(tmp_path))
    assert before == corpus_hash(load_cases(CASES, only=ids))
    article = tmp_path / ids[0] / "article.txt"
    article.write_text(article.read_text(encoding="utf-8") + ".", encoding="utf-8")
    assert corpus_hash(load_cases(tmp_path)) != before
