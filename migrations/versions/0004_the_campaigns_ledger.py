"""the campaign's ledger: places, hazards, parties and their tenure, inspections; grids, task forces, certificates; number series"""

from alembic import op
import sqlalchemy as sa
from cases.exact import Exact
from engine.store.base import Key, Moment

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('certificate',
    sa.Column('no', sa.Text(), nullable=False),
    sa.Column('username', sa.Text(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_certificate'))
    )
    with op.batch_alter_table('certificate') as batch_op:
        batch_op.create_index('ix_certificate_username', ['username'], unique=False)

    op.create_table('number_series',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_number_series'))
    )
    op.create_table('party',
    sa.Column('no', Key, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('uscc', sa.Text(), nullable=True),
    sa.Column('identity', sa.JSON(), nullable=True),
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('mobile', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_party')),
    sa.UniqueConstraint('uscc', name=op.f('uq_party_uscc'))
    )
    with op.batch_alter_table('party') as batch_op:
        batch_op.create_index('ix_party_name', ['name'], unique=False)

    op.create_table('place',
    sa.Column('no', sa.Text(), nullable=False),
    sa.Column('root_key', Key, nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('lng', Exact(10, 6), nullable=False),
    sa.Column('lat', Exact(9, 6), nullable=False),
    sa.Column('datum', sa.Text(), nullable=False),
    sa.Column('village', sa.Text(), nullable=False),
    sa.Column('grid', sa.Text(), nullable=True),
    sa.Column('zone', sa.Text(), nullable=False),
    sa.Column('programme', sa.Text(), nullable=False),
    sa.Column('area_types', sa.JSON(), nullable=False),
    sa.Column('place_types', sa.JSON(), nullable=False),
    sa.Column('owner_nature', sa.Text(), nullable=False),
    sa.Column('land_use', sa.Text(), nullable=True),
    sa.Column('actual_use', sa.Text(), nullable=True),
    sa.Column('floor_area', Exact(12, 2), nullable=True),
    sa.Column('floors', sa.Integer(), nullable=True),
    sa.Column('illegal_area', Exact(12, 2), nullable=True),
    sa.Column('workers', sa.Integer(), server_default='0', nullable=False),
    sa.Column('sleepers', sa.Integer(), server_default='0', nullable=False),
    sa.Column('cylinders', sa.Integer(), server_default='0', nullable=False),
    sa.Column('batteries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('risk_level', sa.Text(), nullable=True),
    sa.Column('disposition', sa.Text(), nullable=True),
    sa.Column('implementer', sa.Text(), nullable=True),
    sa.Column('industry_dept', sa.Text(), nullable=True),
    sa.Column('sponsor', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('listed', Moment(), nullable=False),
    sa.Column('closed', Moment(), nullable=True),
    sa.Column('reopened_from', sa.Text(), nullable=True),
    sa.Column('voided', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('void_reason', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_place'))
    )
    with op.batch_alter_table('place') as batch_op:
        batch_op.create_index('ix_place_name', ['name'], unique=False)
        batch_op.create_index('ix_place_status', ['status', 'no'], unique=False)
        batch_op.create_index('ix_place_village', ['village', 'no'], unique=False)

    op.create_table('grid',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('keeper', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['unit'], ['unit.name'], name=op.f('fk_grid_unit')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_grid'))
    )
    op.create_table('hazard',
    sa.Column('no', sa.Text(), nullable=False),
    sa.Column('place_no', sa.Text(), nullable=False),
    sa.Column('category', sa.Text(), nullable=False),
    sa.Column('location', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('standard_hits', sa.JSON(), nullable=False),
    sa.Column('party_no', Key, nullable=True),
    sa.Column('found', Moment(), nullable=False),
    sa.Column('found_by', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('ticket_no', sa.Text(), nullable=True),
    sa.Column('instance_key', Key, nullable=True),
    sa.Column('rounds', sa.Integer(), server_default='0', nullable=False),
    sa.Column('deadline', Moment(), nullable=True),
    sa.Column('deadline_provisional', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('verified', Moment(), nullable=True),
    sa.Column('voided', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('void_reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['party_no'], ['party.no'], name=op.f('fk_hazard_party_no')),
    sa.ForeignKeyConstraint(['place_no'], ['place.no'], name=op.f('fk_hazard_place_no')),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_hazard'))
    )
    with op.batch_alter_table('hazard') as batch_op:
        batch_op.create_index('ix_hazard_place', ['place_no', 'no'], unique=False)
        batch_op.create_index('ix_hazard_status', ['status', 'no'], unique=False)

    op.create_table('inspection',
    sa.Column('no', Key, nullable=False),
    sa.Column('place_no', sa.Text(), nullable=True),
    sa.Column('root_key', Key, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('mode', sa.Text(), nullable=True),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('inspectors', sa.JSON(), nullable=False),
    sa.Column('check_code', sa.Text(), nullable=True),
    sa.Column('plan_code', sa.Text(), nullable=True),
    sa.Column('trigger', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['place_no'], ['place.no'], name=op.f('fk_inspection_place_no')),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_inspection'))
    )
    with op.batch_alter_table('inspection') as batch_op:
        batch_op.create_index('ix_inspection_place', ['place_no', 'at'], unique=False)

    op.create_table('task_force',
    sa.Column('no', Key, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('place_no', sa.Text(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('lead', sa.Text(), nullable=False),
    sa.Column('formed', sa.Date(), nullable=False),
    sa.Column('dissolved', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['place_no'], ['place.no'], name=op.f('fk_task_force_place_no')),
    sa.ForeignKeyConstraint(['unit'], ['unit.name'], name=op.f('fk_task_force_unit')),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_task_force'))
    )
    op.create_table('tenure',
    sa.Column('no', Key, nullable=False),
    sa.Column('place_no', sa.Text(), nullable=False),
    sa.Column('party_no', Key, nullable=False),
    sa.Column('lessor_no', Key, nullable=True),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('area', Exact(12, 2), nullable=True),
    sa.Column('safety_agreement', sa.Boolean(), nullable=False),
    sa.Column('consent_to_sublease', sa.Boolean(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['lessor_no'], ['party.no'], name=op.f('fk_tenure_lessor_no')),
    sa.ForeignKeyConstraint(['party_no'], ['party.no'], name=op.f('fk_tenure_party_no')),
    sa.ForeignKeyConstraint(['place_no'], ['place.no'], name=op.f('fk_tenure_place_no')),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_tenure'))
    )
    with op.batch_alter_table('tenure') as batch_op:
        batch_op.create_index('ix_tenure_party', ['party_no'], unique=False)
        batch_op.create_index('ix_tenure_place', ['place_no', 'rank'], unique=False)

    op.create_table('unit_type',
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['unit'], ['unit.name'], name=op.f('fk_unit_type_unit')),
    sa.PrimaryKeyConstraint('unit', 'type', name=op.f('pk_unit_type'))
    )
    op.create_table('task_force_member',
    sa.Column('task_force_no', Key, nullable=False),
    sa.Column('username', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['task_force_no'], ['task_force.no'], name=op.f('fk_task_force_member_task_force_no')),
    sa.PrimaryKeyConstraint('task_force_no', 'username', name=op.f('pk_task_force_member'))
    )


def downgrade():
    op.drop_table('task_force_member')
    op.drop_table('unit_type')
    with op.batch_alter_table('tenure') as batch_op:
        batch_op.drop_index('ix_tenure_place')
        batch_op.drop_index('ix_tenure_party')

    op.drop_table('tenure')
    op.drop_table('task_force')
    with op.batch_alter_table('inspection') as batch_op:
        batch_op.drop_index('ix_inspection_place')

    op.drop_table('inspection')
    with op.batch_alter_table('hazard') as batch_op:
        batch_op.drop_index('ix_hazard_status')
        batch_op.drop_index('ix_hazard_place')

    op.drop_table('hazard')
    op.drop_table('grid')
    with op.batch_alter_table('place') as batch_op:
        batch_op.drop_index('ix_place_village')
        batch_op.drop_index('ix_place_status')
        batch_op.drop_index('ix_place_name')

    op.drop_table('place')
    with op.batch_alter_table('party') as batch_op:
        batch_op.drop_index('ix_party_name')

    op.drop_table('party')
    op.drop_table('number_series')
    with op.batch_alter_table('certificate') as batch_op:
        batch_op.drop_index('ix_certificate_username')

    op.drop_table('certificate')
