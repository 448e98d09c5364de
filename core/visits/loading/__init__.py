"""A clinic's own data, from files: clinics, doctors, agendas, and the slots that follow from them."""
