"""Files as clinics have them: whatever the program that wrote them."""

from pathlib import Path

import pytest

from core.visits.loading.sheet import Line, SheetKind, UnusableFile, open_sheets

HEADER = "code,name,surname\n"


def written(folder: Path, content: str | bytes, name: str = "doctors.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def lines_of(folder: Path, content: str | bytes) -> list[Line]:
    [sheet] = open_sheets([written(folder, content)])
    return list(sheet.lines())


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_separator_mark_and_line_ends_are_found_out(tmp_path: Path, separator: str, mark: bytes, end: str) -> None:
    rows = ["code,name,surname", "ŻÓ,dr Anna Żółć,Żółć"]
    [line] = lines_of(tmp_path, mark + end.join(rows).replace(",", separator).encode())
    assert line.number == 2
    assert line.fields == {"code": "ŻÓ", "name": "dr Anna Żółć", "surname": "Żółć"}


def test_quoted_fields_hold_separators_quotes_and_line_ends(tmp_path: Path) -> None:
    first, second = lines_of(tmp_path, HEADER + 'A,"dr ""Jan""\nZima, prof.",Zima\nB,dr Lis,Lis\n')
    assert first.fields["name"] == 'dr "Jan"\nZima, prof.'
    assert (first.number, second.number) == (2, 4)


def test_the_header_is_read_in_any_order_case_and_spacing(tmp_path: Path) -> None:
    columns = "Visit minutes;ENDS; starts ;weekday;clinic;doctor;Code;valid until;VALID_FROM\n"
    [sheet] = open_sheets([written(tmp_path, columns + "30;12:00;09:00;Mon;C;D;A;;\n", "anything.txt")])
    [line] = sheet.lines()
    assert sheet.kind is SheetKind.AGENDAS
    assert (line.fields["visit_minutes"], line.fields["code"], line.fields["valid_from"]) == ("30", "A", "")


def test_files_are_loaded_in_their_order_however_they_are_given(tmp_path: Path) -> None:
    clinics = written(tmp_path, "code,name,address,preparation\nC,n,a,\n", "2.csv")
    sheets = open_sheets([written(tmp_path, HEADER + "A,n,s\n", "1.csv"), clinics])
    assert [sheet.kind for sheet in sheets] == [SheetKind.CLINICS, SheetKind.DOCTORS]


def test_columns_that_nobody_reads_are_named(tmp_path: Path) -> None:
    [sheet] = open_sheets([written(tmp_path, "code,name,Room No,surname,\nA,n,3,s,\n")])
    assert sheet.unknown == ("Room No",)


def test_blank_lines_and_empty_columns_at_the_end_are_no_fault(tmp_path: Path) -> None:
    first, second = lines_of(tmp_path, HEADER + "A,n,s,,\n\n,,\nB,n,s\n")
    assert (first.fault, second.fault) == (None, None)
    assert second.number == 5


def test_a_row_of_another_width_is_said_to_be_so(tmp_path: Path) -> None:
    short, long = lines_of(tmp_path, HEADER + "A,n\nB,n,s,more\n")
    assert short.fault is not None
    assert "2 fields where the header names 3" in short.fault
    assert long.fault is not None
    assert long.raw == ("B", "n", "s", "more")


@pytest.mark.parametrize("spoilt", ['A,"dr Zima,Zima', 'A,"dr" Zima,Zima'])
def test_a_wrong_quote_spoils_its_own_line_and_no_other(tmp_path: Path, spoilt: str) -> None:
    bad, *good = lines_of(tmp_path, f"{HEADER}{spoilt}\nB,n,s\nC,n,s\n")
    assert bad.fault is not None
    assert "quotes" in bad.fault
    assert [(line.number, line.fields["code"], line.fault) for line in good] == [(3, "B", None), (4, "C", None)]


def test_a_quote_that_is_never_closed_does_not_swallow_a_long_file(tmp_path: Path) -> None:
    rows = "".join(f"D{number},dr Jan Zima,Zima\n" for number in range(20_000))
    lines = lines_of(tmp_path, f'{HEADER}A,"dr Zima,Zima\n{rows}')
    assert [line.number for line in lines if line.fault] == [2]
    assert len(lines) == 20_001


def test_letters_are_compared_in_composed_form(tmp_path: Path) -> None:
    [line] = lines_of(tmp_path, HEADER + "Z\u0307,n,s\n")
    assert line.fields["code"] == "Ż"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("name;surname\nJan;Zima\n", "For doctors, these columns lack: code"),
        ("", "no header"),
        ("code,name,surname,Name\n", "names name twice"),
        (HEADER, "no row"),
        ((HEADER + "A,n,s\n").encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_cannot_be_loaded_says_why(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(UnusableFile, match=reason):
        open_sheets([written(tmp_path, content)])


def test_two_files_of_one_kind_are_refused(tmp_path: Path) -> None:
    files = [written(tmp_path, HEADER + "A,n,s\n", name) for name in ("a.csv", "b.csv")]
    with pytest.raises(UnusableFile, match="one file of a kind"):
        open_sheets(files)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match=r"nowhere\.csv: it cannot be read"):
        open_sheets([tmp_path / "nowhere.csv"])
