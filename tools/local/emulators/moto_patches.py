"""Additions to moto, each with the reason why the product needs it."""


def apply():
    pass
