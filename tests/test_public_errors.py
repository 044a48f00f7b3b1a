"""Every error that a caller can meet can be imported from gdakg, and caught as one."""

import inspect

import pytest

import gdakg
from gdakg import errors

ERRORS = [
    (name, found)
    for name, found in vars(errors).items()
    if inspect.isclass(found) and issubclass(found, Exception)
]


@pytest.mark.parametrize(("name", "error"), ERRORS, ids=[name for name, _ in ERRORS])
def test_an_error_is_public(name: str, error: type[Exception]) -> None:
    assert name in gdakg.__all__
    assert getattr(gdakg, name) is error
    assert issubclass(error, gdakg.GdakgError)
    builtin = {base for base in error.__mro__ if base.__module__ == "builtins"}
    assert error is gdakg.GdakgError or len(builtin) > 3, "also a built-in that fits"


def test_the_list_of_errors_is_whole() -> None:
    assert len(ERRORS) >= 13
