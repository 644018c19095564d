"""Writes workbooks as people have them with openpyxl, and one with pandas, into the folder that is its parameter."""

import datetime as dt
import sys
from pathlib import Path

import openpyxl
import pandas
from openpyxl.utils.datetime import CALENDAR_MAC_1904

folder = Path(sys.argv[1])


def book(name, rows, change=lambda sheet, workbook: None, title="runs"):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    change(sheet, workbook)
    workbook.save(folder / f"{name}.xlsx")


def around(sheet, workbook):
    """A table that begins in C5 under a title, with units, blank columns and a formatted empty cell far away."""
    sheet["B2"] = "Table S1: runs of May"
    for i, cells in enumerate([["run", "T", "t"], [None, "°C", "s"], ["A", 170, "5"], ["B", "n/a", "<5"]]):
        for k, cell in enumerate(cells):
            sheet.cell(5 + i, 3 + k + (k > 0), cell)
    sheet["Z90"].number_format = "0.00"
    sheet["A40"] = "  "


def formats(sheet, workbook):
    for cell, form in {"C2": "0%", "C3": "0.0%", "D2": "0%", "D3": "0%", "E2": "[h]:mm", "E3": "[h]:mm"}.items():
        sheet[cell].number_format = form


def merged(sheet, workbook):
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B1:C1")


def spanning(sheet, workbook):
    sheet.merge_cells("A2:B2")


def sheets(sheet, workbook):
    workbook.create_sheet("more").append(["y"])
    workbook["more"].append([2])
    workbook.create_sheet("empty")
    hidden = workbook.create_sheet("old")
    hidden.append(["z"])
    hidden.append([3])
    hidden.sheet_state = "hidden"


def onlyHidden(sheet, workbook):
    hidden = workbook.create_sheet("old")
    hidden.append(["z"])
    hidden.sheet_state = "hidden"


def mac(sheet, workbook):
    workbook.epoch = CALENDAR_MAC_1904


def serial(value):
    def change(sheet, workbook):
        sheet["A2"] = value
        sheet["A2"].number_format = "yyyy-mm-dd"

    return change


day, stamp = dt.date(2024, 2, 29), dt.datetime(2024, 2, 29, 12, 30, 5)
book("around", [], around)
book("days", [["day", "stamp", "clock"], [day, stamp, dt.time(1, 2, 3)], [dt.date(1900, 1, 1), None, dt.time(0)]])
book("mac", [["day"], [day]], mac)
book("formats", [["b", "x", "share", "yield (%)", "run time"], [True, "1.5", 0.5, 0.07, 1.25], [False, 2, 0.125, 1, 0.5]],
     formats)
book("mixed", [["yield"], [0.5], [45]], lambda sheet, workbook: sheet["A2"].__setattr__("number_format", "0%"))
book("merged", [["batch", "size", None], ["A", 1, 2], [None, 3, 4], [None, 5, 6], ["B", 7, 8]], merged)
book("spanning", [["a", "b"], ["failed", None], [1, 2]], spanning)
book("sheets", [["x"], [1]], sheets)
book("onlyHidden", [["x"], [1]], onlyHidden)
book("failed", [["a", "b"], [1, "#DIV/0!"], [2, "#N/A"]])
book("unsaved", [["a", "b"], [1, "=A2+1"]])
book("leap", [["day"], [None]], serial(60))
book("far", [["day"], [None]], serial(3e6))
book("far cell", [["a", "b"], [1, 2]], lambda sheet, workbook: sheet.cell(1_048_576, 16_384, "note"))
book("empty", [])
pandas.DataFrame({"T": [170.5, None], "when": pandas.to_datetime(["2024-02-29 12:30", None]), "ok": [True, False]}).to_excel(
    folder / "pandas.xlsx"
)
