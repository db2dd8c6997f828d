"""Exact numbers in a column: NUMERIC on PostgreSQL, text on SQLite, which would make a float of them."""

from decimal import Decimal

from sqlalchemy import Numeric, Text, TypeDecorator


class Exact(TypeDecorator):
    """A Decimal with `digits` in all, `places` of them behind the point: money in yuan, areas in square metres, degrees."""

    impl = Numeric
    cache_ok = True

    def __init__(self, digits, places):
        super().__init__(digits, places)
        self.places = places

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else self.impl)

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        exact = Decimal(value).quantize(Decimal(1).scaleb(-self.places))
        return str(exact) if dialect.name == "sqlite" else exact

    def process_result_value(self, value, dialect):
        return None if value is None else Decimal(value)
