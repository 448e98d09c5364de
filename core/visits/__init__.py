"""Outpatient clinics, doctors, agendas, slots, holds and visits."""
