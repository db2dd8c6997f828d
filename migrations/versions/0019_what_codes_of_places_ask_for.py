"""place: what its region and place codes ask for, and the rest of F01; tenure: the floor or unit"""

from alembic import op
import sqlalchemy as sa

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

OF_PLACE = {
    'adjacent_orgs': sa.JSON,
    'land_owner_district': sa.Text,
    'managing_district': sa.Text,
    'n_formats': sa.Integer,
    'n_owners': sa.Integer,
    'n_operators': sa.Integer,
    'nine_small': sa.JSON,
    'owner_level': sa.Text,
    'land_use_mismatch': sa.Boolean,
    'structure': sa.Text,
    'built': sa.Integer,
    'fire_facilities': sa.JSON,
}


def upgrade():
    # Nobody asked for them before: of what was listed already they are not known.
    for name, kind in OF_PLACE.items():
        op.add_column('place', sa.Column(name, kind(), nullable=True))
    op.add_column('tenure', sa.Column('unit', sa.Text(), nullable=True))


def downgrade():
    with op.batch_alter_table('tenure') as batch_op:
        batch_op.drop_column('unit')
    with op.batch_alter_table('place') as batch_op:
        for name in reversed(OF_PLACE):
            batch_op.drop_column(name)
