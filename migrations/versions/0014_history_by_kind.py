"""history: found by who did what when, and by what was done when, for the pages of auditors"""

from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


# Without a batch: a rebuild of the table on SQLite would drop its triggers.
def upgrade():
    op.drop_index('ix_history_actor', 'history')
    op.create_index('ix_history_actor', 'history', ['actor', 'kind', 'at'])
    op.create_index('ix_history_kind', 'history', ['kind', 'at'])


def downgrade():
    op.drop_index('ix_history_kind', 'history')
    op.drop_index('ix_history_actor', 'history')
    op.create_index('ix_history_actor', 'history', ['actor', 'at'])
