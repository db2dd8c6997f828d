"""Sign-ins that failed: counted in a table, so that every web process knows of them."""

from datetime import timedelta

from sqlalchemy import delete, func, insert, select

from engine.store.people import FailedSignIn

#: This many within this time, and the account is closed until the first of them is that old.
MOST, WITHIN = 10, timedelta(minutes=10)


def too_many(store, username, now):
    """Did so many sign-ins to this name fail of late that the next one is not even tried?"""
    with store.read() as connection:
        counted = select(func.count()).where(FailedSignIn.username == username, FailedSignIn.at > now - WITHIN)
        return connection.execute(counted).scalar() >= MOST


def failed(store, username, now):
    """Count one, and forget those that no longer matter."""

    def attempt(transaction):
        transaction.begin_writing()
        transaction.connection.execute(delete(FailedSignIn).where(FailedSignIn.at <= now - WITHIN))
        transaction.connection.execute(insert(FailedSignIn).values(key=transaction.key(), username=username[:200], at=now))

    store.write(attempt)
