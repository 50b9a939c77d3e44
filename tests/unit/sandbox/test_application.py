"""A stand-in's routes are worked out once; its views are each sandbox's own."""

from flask import Blueprint

from provisioner.sandbox.application import app


def greeting(words: str, name: str = "greeting") -> Blueprint:
    api = Blueprint(name, __name__)
    api.add_url_rule("/say/<who>", "GET /say", lambda who: f"{words} {who}", methods=["GET"])
    return api


def test_a_second_application_takes_the_routes_of_the_first_and_answers_for_itself() -> None:
    first, second = app(greeting("Hello")), app(greeting("Karibu"))

    assert second.url_map is first.url_map
    assert first.test_client().get("/say/you").text == "Hello you"
    assert second.test_client().get("/say/you").text == "Karibu you"
    assert "GET" in second.test_client().options("/say/you").headers["Allow"]


def test_other_blueprints_have_routes_of_their_own() -> None:
    one, other = app(greeting("Hello", "one")), app(greeting("Hello", "other"))

    assert one.url_map is not other.url_map
    assert other.test_client().get("/say/you").text == "Hello you"
