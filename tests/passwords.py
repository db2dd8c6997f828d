"""Passwords that are verified at once: argon2 is slow on purpose, and how slow stands in each hash."""

from argon2 import PasswordHasher

#: For accounts of the tests; the product's own is api.access.hasher.
hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
