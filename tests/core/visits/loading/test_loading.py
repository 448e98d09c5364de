"""Good rows are loaded, bad ones wait beside the file, and loading again changes nothing."""

import csv
from pathlib import Path

import pytest

from core.visits.loading.load_files import load_files
from core.visits.loading.sheet import UnusableFile, open_sheets
from core.visits.loading.tally import Settled, Tally
from core.visits.questions import clinics_to_book, doctors_to_book
from tests.core.visits.loading.office import AGENDAS, CLINICS, DOCTORS, Office, no_pause, no_progress
from tests.stage.small_clinic import MARIA

TUESDAYS = "Z-2,ZIMA,SKIN,Tue,09:00,10:00,30,,"
FRIDAYS = "L-5,LATO,BONE,Fri,09:00,10:00,20,,"
SAMPLES = Path(__file__).parents[4] / "docs" / "samples"


class PowerCut(Exception):
    """The process ends here."""


def rejected(office: Office, name: str = "agendas") -> list[tuple[str, str]]:
    """Line and reason of each row in the file beside."""
    with (office.folder / f"{name}.rejected.csv").open(encoding="utf-8", newline="") as text:
        return [(row["line"], row["reason"]) for row in csv.DictReader(text)]


async def test_slots_reach_from_now_to_the_booking_horizon(office: Office) -> None:
    await office.agendas("Z-1,ZIMA,SKIN,Mon,09:00,12:00,60,,")
    assert office.offered("ZIMA", 11, 23) == ["10:00 60 SKIN", "11:00 60 SKIN"], "what is past is not made"
    assert office.offered("ZIMA", 11, 30) == ["09:00 60 SKIN", "10:00 60 SKIN", "11:00 60 SKIN"]
    query = """
        SELECT max(day), count(*) FROM slots JOIN doctors ON doctors.id = slots.doctor_id WHERE doctors.code = 'ZIMA'
    """
    assert office.house.row(query) == ("2027-01-18", 26)


async def test_public_holidays_have_no_slots(office: Office) -> None:
    await office.agendas("Z-5,ZIMA,SKIN,Fri,09:00,10:00,30,,")
    assert office.offered("ZIMA", 12, 18)
    assert not office.offered("ZIMA", 12, 25)
    assert not office.offered("ZIMA", 1, 1, year=2027)


async def test_loading_the_same_again_changes_nothing(office: Office) -> None:
    first = await office.load(clinics=CLINICS, doctors=DOCTORS, agendas=f"{AGENDAS}{TUESDAYS}\n{FRIDAYS}\n")
    before = office.everything()
    again = await office.load(clinics=CLINICS, doctors=DOCTORS, agendas=f"{AGENDAS}{TUESDAYS}\n{FRIDAYS}\n")
    assert office.everything() == before
    assert [file.tally for file in first.files] == [Tally(unchanged=2), Tally(unchanged=2), Tally(new=2)]
    assert [file.tally for file in again.files] == [Tally(unchanged=2)] * 3
    assert again.slots == Settled()


async def test_what_is_different_is_changed_and_keeps_its_id(office: Office) -> None:
    before = office.house.row("SELECT id FROM doctors WHERE code = 'ZIMA'")
    loaded = await office.load(doctors="surname;name;code\nZima;prof. Jan Zima;ZIMA\n")
    assert office.house.row("SELECT id FROM doctors WHERE name = 'prof. Jan Zima'") == before
    assert loaded.files[0].tally == Tally(changed=1)


async def test_bad_rows_are_written_beside_with_line_and_reason_and_good_ones_loaded(office: Office) -> None:
    loaded = await office.agendas(
        TUESDAYS, "Z-3,NOBODY,SKIN,Wed,09:00,10:00,30,,", "Z-4,ZIMA,NOWHERE,Thu,09:00,10:00,30,,", FRIDAYS, FRIDAYS
    )
    assert rejected(office) == [
        ("3", "No doctor has the code 'NOBODY': mend it, or load the doctor first."),
        ("4", "No clinic has the code 'NOWHERE': mend it, or load the clinic first."),
        ("6", "The code 'L-5' is on line 5 already: give each row a code of its own."),
    ]
    assert loaded.rejected == 3
    assert loaded.files[0].tally == Tally(new=2)


async def test_the_file_of_rejected_rows_can_be_mended_and_loaded_as_it_is(office: Office) -> None:
    await office.agendas(TUESDAYS, "Z-3,NOBODY,SKIN,Wed,09:00,10:00,30,,")
    beside = office.folder / "agendas.rejected.csv"
    beside.write_text(beside.read_text("utf-8").replace("NOBODY", "ZIMA"), "utf-8")
    loaded = await office.load_files(beside)
    assert (loaded.files[0].tally, loaded.files[0].removed, loaded.rejected) == (Tally(new=1), 0, 0)
    assert office.offered("ZIMA", 11, 24), "what the other file named has stayed"
    assert office.offered("ZIMA", 11, 25)


async def test_what_an_earlier_loading_rejected_is_gone_when_nothing_is_rejected(office: Office) -> None:
    await office.agendas("Z-3,NOBODY,SKIN,Wed,09:00,10:00,30,,")
    await office.agendas(TUESDAYS)
    assert not (office.folder / "agendas.rejected.csv").exists()


async def test_bytes_that_are_no_text_are_rejected_and_kept(office: Office) -> None:
    office.folder.joinpath("doctors.csv").write_bytes(b"code,name,surname\nA,dr \xafuk,Lis\nB,dr Lis,Lis\n")
    loaded = await office.load_files(office.folder / "doctors.csv")
    assert (loaded.files[0].tally, loaded.rejected) == (Tally(new=1), 1)
    assert b"A,dr \xafuk,Lis" in (office.folder / "doctors.rejected.csv").read_bytes()


@pytest.mark.parametrize(
    "clashing",
    [
        "Z-9,ZIMA,BONE,2,09:30,11:00,30,,",
        "Z-9,ZIMA,SKIN,Tue,08:00,12:00,30,2026-12-01,",
        "Z-9,ZIMA,SKIN,Tue,08:00,09:05,30,,2026-12-31",
    ],
)
async def test_two_agendas_of_a_doctor_do_not_overlap(office: Office, clashing: str) -> None:
    await office.agendas(TUESDAYS, clashing)
    [(line, reason)] = rejected(office)
    assert line == "3"
    assert "overlaps agenda 'Z-2' of the same doctor" in reason


@pytest.mark.parametrize(
    "beside",
    [
        "Z-9,ZIMA,BONE,Tue,10:00,11:00,30,,",
        "Z-9,ZIMA,SKIN,Wed,09:00,10:00,30,,",
        "Z-9,LATO,SKIN,Tue,09:00,10:00,30,,",
    ],
)
async def test_agendas_that_only_touch_are_both_loaded(office: Office, beside: str) -> None:
    assert (await office.agendas(TUESDAYS, beside)).files[0].tally == Tally(new=2)


async def test_an_agenda_may_follow_another_in_time(office: Office) -> None:
    await office.agendas(
        "Z-2,ZIMA,SKIN,Tue,09:00,10:00,30,,2026-12-01", "Z-2B,ZIMA,SKIN,Tue,09:00,10:00,60,2026-12-02,"
    )
    assert office.offered("ZIMA", 12, 1) == ["09:00 30 SKIN", "09:30 30 SKIN"]
    assert office.offered("ZIMA", 12, 8) == ["09:00 60 SKIN"]


async def test_agendas_that_exchange_their_hours_are_no_clash(office: Office) -> None:
    await office.agendas("A,ZIMA,SKIN,Tue,09:00,10:00,30,,", "B,ZIMA,BONE,Tue,10:00,11:00,30,,")
    loaded = await office.agendas("A,ZIMA,SKIN,Tue,10:00,11:00,30,,", "B,ZIMA,BONE,Tue,09:00,10:00,30,,")
    assert loaded.files[0].tally == Tally(changed=2)
    assert office.offered("ZIMA", 11, 24) == ["09:00 30 BONE", "09:30 30 BONE", "10:00 30 SKIN", "10:30 30 SKIN"]


async def test_what_a_whole_file_no_longer_names_ends(office: Office) -> None:
    await office.agendas(TUESDAYS, FRIDAYS)
    loaded = await office.agendas(FRIDAYS)
    assert loaded.files[0].removed == 1
    assert not office.offered("ZIMA", 11, 24)
    assert office.offered("LATO", 11, 27)
    assert (await office.agendas(FRIDAYS)).files[0].removed == 0


async def test_an_agenda_that_is_named_again_is_back(office: Office) -> None:
    await office.agendas(TUESDAYS, FRIDAYS)
    await office.agendas(FRIDAYS)
    await office.agendas(TUESDAYS, FRIDAYS)
    assert office.offered("ZIMA", 11, 24) == ["09:00 30 SKIN", "09:30 30 SKIN"]


async def test_a_partial_file_ends_nothing(office: Office) -> None:
    await office.agendas(TUESDAYS)
    loaded = await office.agendas(FRIDAYS, partial=True)
    assert (loaded.files[0].tally, loaded.files[0].removed) == (Tally(new=1), 0)
    assert office.offered("ZIMA", 11, 24)


async def test_an_agenda_of_a_partial_file_does_not_overlap_one_that_stays(office: Office) -> None:
    await office.agendas(TUESDAYS)
    await office.agendas("Z-9,ZIMA,BONE,Tue,09:00,10:00,30,,", partial=True)
    [(_, reason)] = rejected(office)
    assert "overlaps agenda 'Z-2', which stays" in reason
    assert office.offered("ZIMA", 11, 24) == ["09:00 30 SKIN", "09:30 30 SKIN"]


async def test_a_rejected_row_leaves_its_agenda_as_it_was(office: Office) -> None:
    await office.agendas(TUESDAYS, FRIDAYS)
    loaded = await office.agendas("Z-2,ZIMA,SKIN,Tue,nine,10:00,30,,", FRIDAYS)
    assert (loaded.rejected, loaded.files[0].removed) == (1, 0)
    assert office.offered("ZIMA", 11, 24) == ["09:00 30 SKIN", "09:30 30 SKIN"]


async def test_nothing_is_put_over_an_agenda_that_a_rejected_row_leaves_there(office: Office) -> None:
    """Each row that is rejected for another's sake leaves its own agenda there, too."""
    await office.agendas("A,ZIMA,SKIN,Tue,09:00,10:00,30,,", "B,ZIMA,SKIN,Tue,10:00,11:00,30,,")
    await office.agendas(
        "A,ZIMA,SKIN,Tue,nine,10:00,30,,", "B,ZIMA,SKIN,Tue,09:00,10:00,30,,", "C,ZIMA,SKIN,Tue,10:00,11:00,30,,"
    )
    assert [line for line, _ in rejected(office)] == ["2", "3", "4"]
    assert office.offered("ZIMA", 11, 24) == ["09:00 30 SKIN", "09:30 30 SKIN", "10:00 30 SKIN", "10:30 30 SKIN"]


async def test_the_clinics_and_doctors_of_agendas_that_ended_are_not_offered(office: Office) -> None:
    await office.agendas(TUESDAYS, FRIDAYS)
    assert {clinic.code for clinic in await office.house.as_(MARIA).read(clinics_to_book)} >= {"SKIN", "BONE"}
    await office.agendas(FRIDAYS)
    shown = await office.house.as_(MARIA).read(clinics_to_book)
    assert "SKIN" not in {clinic.code for clinic in shown}
    [skin] = office.house.row("SELECT id FROM clinics WHERE code = 'SKIN'")
    assert not await office.house.as_(MARIA).read(doctors_to_book, skin)


@pytest.mark.parametrize("batches", range(1, 9))
async def test_stopped_anywhere_and_run_again_it_is_as_if_it_had_run_once(office: Office, batches: int) -> None:
    rows = f"{AGENDAS}{TUESDAYS}\nZ-1,ZIMA,BONE,Mon,09:00,17:00,5,,\n{FRIDAYS}\n"
    await office.agendas(TUESDAYS, "GONE,LATO,SKIN,Thu,09:00,10:00,30,,")
    passed = 0

    async def stop() -> None:
        nonlocal passed
        passed += 1
        if passed == batches:
            raise PowerCut

    sheets = open_sheets([office.writes("agendas.csv", rows)])
    with pytest.raises(PowerCut):
        await load_files(office.house.clinic, sheets, False, no_progress, stop)
    await load_files(office.house.clinic, sheets, False, no_progress, no_pause)
    offered = [office.offered(doctor, 12, day) for doctor in ("ZIMA", "LATO") for day in (7, 8, 10, 11)]
    assert [len(times) for times in offered] == [96, 2, 0, 0, 0, 0, 0, 3]
    settled = await load_files(office.house.clinic, sheets, False, no_progress, no_pause)
    assert (settled.files[0].tally, settled.slots) == (Tally(unchanged=3), Settled())


async def test_a_file_that_cannot_be_loaded_leaves_everything(office: Office) -> None:
    before = office.everything()
    with pytest.raises(UnusableFile):
        await office.load(clinics=CLINICS.replace("SKIN", "NEW"), agendas=AGENDAS)
    assert office.everything() == before


async def test_the_samples_load_without_a_fault(office: Office) -> None:
    copies = [office.writes(sample.name, sample.read_text("utf-8")) for sample in sorted(SAMPLES.glob("*.csv"))]
    loaded = await office.load_files(*copies)
    assert len(loaded.files) == 3
    assert loaded.rejected == 0
