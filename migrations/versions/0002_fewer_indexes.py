"""fewer indexes: a step pays only for those that some page reads by"""

from alembic import op
import sqlalchemy as sa

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

OPEN = sa.text('completed IS NULL')
HELD = sa.text('completed IS NULL AND assignee IS NOT NULL')


def upgrade():
    with op.batch_alter_table('element_instance') as batch_op:
        batch_op.drop_index('ix_element_instance_root')
        batch_op.drop_constraint(op.f('uq_element_instance_instance_key_number'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_element_instance_root_key_instance_key_number'), ['root_key', 'instance_key', 'number'])

    with op.batch_alter_table('user_task') as batch_op:
        for name in ('ix_user_task_created', 'ix_user_task_root', 'ix_user_task_mine', 'ix_user_task_open'):
            batch_op.drop_index(name)
        batch_op.drop_constraint(op.f('uq_user_task_instance_key_number'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_user_task_root_key_instance_key_number'), ['root_key', 'instance_key', 'number'])
        batch_op.create_index('ix_user_task_mine', ['assignee', 'key'], sqlite_where=HELD, postgresql_where=HELD)
        batch_op.create_index('ix_user_task_open', ['key'], sqlite_where=OPEN, postgresql_where=OPEN)

    # SQLite keeps a variable in its primary key alone, which only a new table can do.
    recreate = 'always' if op.get_bind().dialect.name == 'sqlite' else 'auto'
    with op.batch_alter_table('variable', recreate=recreate, table_kwargs={'sqlite_with_rowid': False}) as batch_op:
        batch_op.drop_index('ix_variable_name')


def downgrade():
    with op.batch_alter_table('variable') as batch_op:
        batch_op.create_index('ix_variable_name', ['name', 'instance_key'])

    with op.batch_alter_table('user_task') as batch_op:
        for name in ('ix_user_task_mine', 'ix_user_task_open'):
            batch_op.drop_index(name)
        batch_op.drop_constraint(op.f('uq_user_task_root_key_instance_key_number'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_user_task_instance_key_number'), ['instance_key', 'number'])
        batch_op.create_index('ix_user_task_created', ['created', 'key'])
        batch_op.create_index('ix_user_task_root', ['root_key'])
        batch_op.create_index('ix_user_task_mine', ['assignee', 'created', 'key'], sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.create_index('ix_user_task_open', ['created', 'key'], sqlite_where=OPEN, postgresql_where=OPEN)

    with op.batch_alter_table('element_instance') as batch_op:
        batch_op.drop_constraint(op.f('uq_element_instance_root_key_instance_key_number'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_element_instance_instance_key_number'), ['instance_key', 'number'])
        batch_op.create_index('ix_element_instance_root', ['root_key'])
