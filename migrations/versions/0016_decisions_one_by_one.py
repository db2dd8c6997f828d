"""decision_instance: a row for each decision that was made, no longer one for an evaluation with all of them, so that each can be found"""

from alembic import op
import sqlalchemy as sa
from engine.domain import values
from engine.store.base import Key, Moment

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

DECISION = sa.table('decision', *(sa.column(name) for name in ('key', 'decision_id', 'version', 'requirements_key')))
#: What both shapes have.
OF_CASE = ('instance_key', 'root_key', 'number', 'element_id', 'decision_key')
#: So many evaluations are rewritten at a time.
MANY = 1000


def _table(name, *columns):
    return sa.table(name, *(sa.column(column) for column in (*OF_CASE, *columns)), sa.column('evaluated', Moment()), sa.column('record'))


WHOLE = ('key', 'decision_id', 'version')
SINGLE = ('evaluation_key', 'place', 'root_decision_key', 'type', 'failure')


def upgrade():
    _put_aside('decision_instance_instance_key')
    op.create_table('decision_instance',
    sa.Column('evaluation_key', Key, autoincrement=False, nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('instance_key', Key, nullable=True),
    sa.Column('root_key', Key, nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('element_id', sa.Text(), nullable=True),
    sa.Column('decision_key', Key, nullable=False),
    sa.Column('root_decision_key', Key, nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('evaluated', Moment(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('record', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('evaluation_key', 'place', name=op.f('pk_decision_instance'))
    )
    decisions = _decisions()
    keys = {(one.requirements_key, one.decision_id): one.key for one in decisions.values()}
    for rows in _pages('key', _table('before', *WHOLE)):
        made = [one for row in rows for one in _single(row, decisions[row.decision_key].requirements_key, keys)]
        op.bulk_insert(_table('decision_instance', *SINGLE), made)
    op.drop_table('before')
    with op.batch_alter_table('decision_instance') as batch_op:
        batch_op.create_index('ix_decision_instance_instance_key', ['instance_key'])
        batch_op.create_index('ix_decision_instance_decision', ['decision_key', 'evaluation_key', 'place'])


def downgrade():
    _put_aside('decision_instance_instance_key', 'decision_instance_decision')
    op.create_table('decision_instance',
    sa.Column('key', Key, nullable=False),
    sa.Column('instance_key', Key, nullable=True),
    sa.Column('root_key', Key, nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('element_id', sa.Text(), nullable=True),
    sa.Column('decision_key', Key, nullable=False),
    sa.Column('decision_id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('evaluated', Moment(), nullable=False),
    sa.Column('record', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_decision_instance'))
    )
    decisions = _decisions()
    for rows in _pages('evaluation_key', _table('before', *SINGLE)):
        evaluations = {}
        for row in rows:
            evaluations.setdefault(row.evaluation_key, []).append(row)
        made = [_whole(each, decisions[each[0].root_decision_key]) for each in evaluations.values()]
        op.bulk_insert(_table('decision_instance', *WHOLE), made)
    op.drop_table('before')
    with op.batch_alter_table('decision_instance') as batch_op:
        batch_op.create_index('ix_decision_instance_instance_key', ['instance_key'])


def _put_aside(*indexes):
    """The table under the name `before`; what is to be made anew must not find its name taken."""
    with op.batch_alter_table('decision_instance') as batch_op:
        for name in indexes:
            batch_op.drop_index('ix_' + name)
    op.rename_table('decision_instance', 'before')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('ALTER TABLE before RENAME CONSTRAINT pk_decision_instance TO pk_before')


def _decisions():
    return {one.key: one for one in op.get_bind().execute(sa.select(DECISION))}


def _pages(name, before):
    """The rows of `before` in the order of their key, all of an evaluation on the same page."""
    key, last = before.c[name], -1
    while True:
        wanted = sa.select(key).where(key > last).distinct().order_by(key).limit(MANY)
        keys = op.get_bind().execute(wanted).scalars().all()
        if not keys:
            return
        order = (key, before.c.place) if 'place' in before.c else (key,)
        yield op.get_bind().execute(sa.select(before).where(key > last, key <= keys[-1]).order_by(*order)).all()
        last = keys[-1]


def _single(row, requirements_key, keys):
    record = values.read(row.record)
    for place, made in enumerate(record['evaluated'], 1):
        failure = record['failed'] if place == len(record['evaluated']) else None
        yield {
            'evaluation_key': row.key, 'place': place, 'instance_key': row.instance_key, 'root_key': row.root_key, 'number': row.number,
            'element_id': row.element_id, 'decision_key': keys[requirements_key, made['id']], 'root_decision_key': row.decision_key,
            'type': made['type'], 'evaluated': row.evaluated, 'failure': failure, 'record': values.write(made),
        }


def _whole(rows, decision):
    first, told = rows[0], [values.read(row.record) for row in rows]
    record = {'decision': decision.decision_id, 'version': decision.version, 'evaluated': told, 'failed': rows[-1].failure}
    return {
        'key': first.evaluation_key, 'instance_key': first.instance_key, 'root_key': first.root_key, 'number': first.number,
        'element_id': first.element_id, 'decision_key': decision.key, 'decision_id': decision.decision_id, 'version': decision.version,
        'evaluated': first.evaluated, 'record': values.write(record),
    }
