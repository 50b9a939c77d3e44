"""A wrong type, size or choice comes with what was expected and how it is written right."""

import pytest

from provisioner.desired.schema.mistake import Mistake
from provisioner.desired.schema.types import no_value, wrong_choice, wrong_size, wrong_type
from provisioner.desired.wording.advice import Place

VARIABLE = ("apps", "docs", "env", "SITE_TITLE")
SECRET = ("apps", "docs", "env", "API_TOKEN")


def mistake(
    given: object, *path: str | int, rule: str = "type", limit: object = None, **schema: object
) -> Mistake:
    return Mistake(rule, limit, given, schema, path, False, ())


def place(*path: str | int) -> Place:
    return Place("nairobi", tuple(map(str, path)))


def typed(given: object, *path: str | int, raw: str = "", **schema: object) -> tuple[str, str]:
    wrong = Mistake("type", None, given, schema, path, False, ())
    advice = wrong_type(wrong, place(*path), raw)
    assert advice.code == "wrong-type"
    return advice.message, advice.hint


class TestType:
    def test_what_was_expected_is_said(self) -> None:
        message, _ = typed([], "name", title="a name", type="string")
        assert message == "`name` must be a name, and it is a list"
        assert typed([], "x")[0] == "`x` must be something else, and it is a list"

    def test_an_entry_of_a_list_is_called_by_its_number(self) -> None:
        message, hint = typed(5, "apps", "docs", "domains", 1, title="a text", examples=["a.org"])
        assert message == "entry 2 of `domains` must be a text, and it is a number"
        assert hint == "write a text, as in `a.org`"

    @pytest.mark.parametrize(
        ("wanted", "given", "raw", "hint"),
        [
            ("array", "a, b;c  d", "", "write it as a list: `key: [a, b, c, d]`"),
            ("string", 12, "012", 'put it in quotes: `key: "012"`'),
            ("string", 1.5, "1.50", 'put it in quotes: `key: "1.50"`'),
            ("boolean", "Yes", "", "write `key: true`"),
            ("boolean", "on", "", "write `key: true`"),
            ("boolean", "NO", "", "write `key: false`"),
            ("boolean", "off", "", "write `key: false`"),
            ("boolean", "true", "", "write it without quotes"),
            ("integer", "5", "", "write it without quotes"),
            ("integer", [], "", "look at `_example.yaml`"),
            ("array", 5, "", "look at `_example.yaml`"),
            ("boolean", 5, "", "look at `_example.yaml`"),
        ],
    )
    def test_the_very_value_is_shown_as_it_should_be_written(
        self, wanted: str, given: object, raw: str, hint: str
    ) -> None:
        assert typed(given, "key", raw=raw, type=wanted)[1] == hint

    def test_a_text_in_the_place_of_a_group_goes_into_its_one_key(self) -> None:
        _, hint = typed("nairobi", "github", type="object", required=["owner"])
        assert hint == "write `github: {owner: nairobi}`"
        _, hint = typed("x", "key", type="object", required=["a", "b"], examples=[{"a": 1}])
        assert hint == "write it as in `key: {a: 1}`"
        _, hint = typed(5, "key", type="object", required=["owner"])
        assert hint == "look at `_example.yaml`"


class TestVariable:
    @pytest.mark.parametrize(
        ("given", "raw", "kind"), [(8080, "8080", "a number"), (True, "true", "the word `true`")]
    )
    def test_a_number_is_put_in_quotes_as_it_was_written(
        self, given: object, raw: str, kind: str
    ) -> None:
        message, hint = typed(given, *VARIABLE, raw=raw)
        assert message == f"the value of `SITE_TITLE` must be a text; without quotes it is {kind}"
        assert hint == f'write `SITE_TITLE: "{raw}"`'

    def test_what_may_be_secret_is_not_repeated(self) -> None:
        assert typed(12345678, *SECRET, raw="12345678")[1] == "put it in quotes"

    def test_a_list_is_neither_a_text_nor_sealed(self) -> None:
        message, hint = typed([], *VARIABLE)
        assert message.endswith("must be a text or a sealed value, and it is a list")
        assert hint.startswith('write `SITE_TITLE: "text"`, or for a secret')


class TestNoValue:
    def hint(self, *path: str | int, required: bool = True, **schema: object) -> str:
        wrong = Mistake("type", None, None, schema, path, False, ())
        advice = no_value(wrong, place(*path), (), required)
        assert advice.code == "no-value"
        assert advice.message.endswith(" has no value")
        return advice.hint

    def test_it_is_to_be_written_as_in_the_example(self) -> None:
        assert self.hint("name", examples=["x"]) == "write a value, as in `name: x`"
        assert self.hint("name") == "write a value"

    def test_what_is_not_required_may_be_removed(self) -> None:
        assert self.hint("name", required=False) == "write a value, or remove the line"

    def test_of_a_variable_it_may_be_an_empty_text(self) -> None:
        assert self.hint(*VARIABLE, examples=["x"]) == 'write a value (an empty text is `""`)'

    def test_an_entry_of_a_list_has_no_line_of_its_own(self) -> None:
        assert self.hint("maintainers", 0, examples=["x"]) == "write a value"

    def test_keys_that_lost_their_indentation_get_it_back(self) -> None:
        advice = no_value(mistake(None, "github"), place("github"), ("owner", "x"), True)
        assert advice.message == "nothing stands below `github`"
        assert advice.hint.startswith("put two more spaces in front of `owner` and `x` and")


class TestChoice:
    @pytest.mark.parametrize(
        ("given", "hint"),
        [("forks", "did you mean `fork`?"), ("zzz", "write `fork` or `template`")],
    )
    def test_the_nearest_is_suggested_or_all_are_told(self, given: str, hint: str) -> None:
        wrong = mistake(given, "copy", rule="enum", limit=["fork", "template"])
        advice = wrong_choice(wrong, place("copy"))
        assert (advice.code, advice.hint) == ("wrong-choice", hint)
        assert advice.message == "`copy` must be `fork` or `template`"


class TestSize:
    @pytest.mark.parametrize(
        ("rule", "limit", "given", "code", "message"),
        [
            ("maxLength", 3, "abcd", "too-much", "at most 3 characters, and it has 4 characters"),
            ("maxItems", 1, ["a", "b"], "too-much", "at most 1 entry, and it has 2 entries"),
            ("minItems", 1, [], "too-little", "at least 1 entry, and it has none"),
            ("minLength", 2, "a", "too-little", "at least 2 characters, and it has 1 character"),
        ],
    )
    def test_it_is_counted(
        self, rule: str, limit: int, given: object, code: str, message: str
    ) -> None:
        advice = wrong_size(mistake(given, "key", rule=rule, limit=limit), place("key"))
        assert (advice.code, advice.message) == (code, f"`key` must have {message}")
        assert advice.hint == ("shorten it" if code == "too-much" else "add what is missing")

    def test_what_is_missing_is_shown_by_an_example(self) -> None:
        wrong = mistake([], "key", rule="minItems", limit=1, examples=[["a"]])
        assert wrong_size(wrong, place("key")).hint == "write it as in `key: [a]`"

    @pytest.mark.parametrize(("rule", "bound"), [("minimum", "at least"), ("maximum", "at most")])
    def test_a_number_is_to_be_changed(self, rule: str, bound: str) -> None:
        advice = wrong_size(mistake(7, "key", rule=rule, limit=5), place("key"))
        assert (advice.code, advice.hint) == ("wrong-number", "change the number")
        assert advice.message == f"`key` must be {bound} 5"
