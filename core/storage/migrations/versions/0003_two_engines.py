"""Overlapping visits are refused by the schema, of patients and doctors; each process has its own part of the inbox."""

from alembic import op
import sqlalchemy as sa


revision = '0003'
down_revision = '0002'

LIVE = "('proposed', 'confirmed', 'arrived', 'completed')"


def upgrade() -> None:
    op.add_column('inbox', sa.Column('seat', sa.Integer(), nullable=False, server_default='0'))
    op.create_index('ix_visits_doctor', 'visits', ['doctor_id', 'starts_at'], unique=False)
    if op.get_context().dialect.name == 'postgresql':
        _exclude_overlaps()
    else:
        _keep_doctors_in_one_place()


def _exclude_overlaps() -> None:
    """btree_gist is a trusted extension: whoever may create things in the database may create it."""
    op.execute('CREATE EXTENSION IF NOT EXISTS btree_gist')
    for name, whose in (('patient_overlap', 'patient_id'), ('doctor_overlap', 'doctor_id')):
        op.execute(f"""
            ALTER TABLE visits ADD CONSTRAINT {name}
            EXCLUDE USING gist ({whose} WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status IN {LIVE})
        """)


def _keep_doctors_in_one_place() -> None:
    """The rule for patients stands since 0001."""
    for name, moment in (('insert', 'INSERT'), ('update', 'UPDATE OF doctor_id, starts_at, ends_at, status')):
        op.execute(f"""
            CREATE TRIGGER visits_no_doctor_overlap_{name} BEFORE {moment} ON visits
            WHEN NEW.status IN {LIVE} AND EXISTS (
                SELECT 1 FROM visits AS other
                WHERE other.doctor_id = NEW.doctor_id AND other.id <> NEW.id AND other.status IN {LIVE}
                  AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at)
            BEGIN SELECT RAISE(ABORT, 'doctor_overlap'); END
        """)
