"""papers: what has been issued, and the templates that it is printed from"""

from alembic import op
import sqlalchemy as sa

from engine.store.base import Key
from engine.store.base import Moment

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('paper_template',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_paper_template'))
    )
    op.create_table('paper',
    sa.Column('key', Key, autoincrement=True, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('series', sa.Text(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('template', sa.Text(), nullable=False),
    sa.Column('template_sha256', sa.Text(), nullable=False),
    sa.Column('organ', sa.Text(), nullable=False),
    sa.Column('seal', sa.Text(), nullable=False),
    sa.Column('mode', sa.Text(), nullable=True),
    sa.Column('root_key', Key, nullable=False),
    sa.Column('instance_key', Key, nullable=False),
    sa.Column('case_no', sa.Text(), nullable=True),
    sa.Column('hazard_no', sa.Text(), nullable=True),
    sa.Column('addressee', sa.Text(), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('issued', Moment(), nullable=False),
    sa.Column('issued_by', sa.Text(), nullable=False),
    sa.Column('voided', Moment(), nullable=True),
    sa.Column('voided_by', sa.Text(), nullable=True),
    sa.Column('void_reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['template_sha256'], ['paper_template.sha256'], name=op.f('fk_paper_template_sha256')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_paper')),
    sa.UniqueConstraint('number', name=op.f('uq_paper_number'))
    )
    with op.batch_alter_table('paper') as batch_op:
        batch_op.create_index('ix_paper_root', ['root_key', 'key'], unique=False)
        batch_op.create_index('ix_paper_case', ['case_no', 'key'], unique=False)
        batch_op.create_index('ix_paper_kind', ['kind', 'key'], unique=False)


def downgrade():
    op.drop_table('paper')
    op.drop_table('paper_template')
