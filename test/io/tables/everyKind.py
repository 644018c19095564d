"""Writes one table of every kind of column that pyarrow has and a table can hold as every.csv, every.parquet and
every.arrow, and as every.tsv, every.json and every.xlsx, and tables of one column each that is to be refused, into the folder that is its parameter."""

import datetime as dt
import json
import sys
from csv import reader, writer
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

folder = Path(sys.argv[1])
day = dt.date(2024, 2, 29)
decimals = [Decimal("1.50"), None, Decimal("-2.25")]
wholes = [7, None, 2**53 - 1]
texts = ["a", None, "b,\n\"c\""]
zoned = [1_700_500_000, None, -1]

columns = {
    "int8": pa.array([1, None, -3], pa.int8()),
    "int16": pa.array([1, None, -3], pa.int16()),
    "int32": pa.array([1, None, -3], pa.int32()),
    "int64": pa.array(wholes, pa.int64()),
    "uint8": pa.array([1, None, 255], pa.uint8()),
    "uint16": pa.array([1, None, 65535], pa.uint16()),
    "uint32": pa.array([1, None, 2**32 - 1], pa.uint32()),
    "uint64": pa.array(wholes, pa.uint64()),
    "int64Long": pa.array([2**53, None, 2**53 + 1], pa.int64()),
    "uint64Long": pa.array([2**63, None, 7], pa.uint64()),
    "half": pa.array([0.5, None, -1.5], pa.float16()),
    "single": pa.array([0.1, None, 16777216], pa.float32()),
    "double": pa.array([0.1, None, 1e-300], pa.float64()),
    "doubleNan": pa.array([float("nan"), None, 2.5], pa.float64()),
    "doubleMissing": pa.array([None, None, None], pa.float64()),
    "boolean": pa.array([True, None, False], pa.bool_()),
    "text": pa.array(texts, pa.string()),
    "largeText": pa.array(texts, pa.large_string()),
    "textView": pa.array(texts, pa.string_view()),
    "untidyText": pa.array([" B12\u00a0", "e\u0301tude", "B\u200b12"], pa.string()),
    "zeroText": pa.array(["007", None, "7"], pa.string()),
    "day32": pa.array([day, None, dt.date(1, 1, 1)], pa.date32()),
    "day64": pa.array([day, None, dt.date(1, 1, 1)], pa.date64()),
    "secondStamp": pa.array([1700, None, -1], pa.timestamp("s")),
    "milliStamp": pa.array([1_700_500, None, -1], pa.timestamp("ms")),
    "microStamp": pa.array([1_700_500_000, None, -1], pa.timestamp("us")),
    "nanoStamp": pa.array([1_700_500_000_001, None, -1], pa.timestamp("ns")),
    "midnightStamp": pa.array([0, None, 86_400], pa.timestamp("s")),
    "universalStamp": pa.array(zoned, pa.timestamp("us", "UTC")),
    "zonedStamp": pa.array(zoned, pa.timestamp("us", "America/New_York")),
    "offsetStamp": pa.array(zoned, pa.timestamp("us", "+05:30")),
    "secondTime": pa.array([dt.time(1, 2, 3), None, dt.time(0)], pa.time32("s")),
    "milliTime": pa.array([dt.time(1, 2, 3, 500_000), None, dt.time(0)], pa.time32("ms")),
    "microTime": pa.array([dt.time(1, 2, 3, 1), None, dt.time(0)], pa.time64("us")),
    "decimal32": pa.array(decimals, pa.decimal32(5, 2)),
    "decimal64": pa.array(decimals, pa.decimal64(15, 2)),
    "decimal128": pa.array(decimals, pa.decimal128(38, 10)),
    "decimal256": pa.array(decimals, pa.decimal256(38, 10)),
    "decimalLong": pa.array([Decimal(10**37 + 1), None, Decimal(7)], pa.decimal128(38, 0)),
    "duration": pa.array([60, None, -1], pa.duration("s")),
    "nothing": pa.array([None, None, None], pa.null()),
    "dictionary": pa.array(["b", None, "a"]).dictionary_encode(),
    "dictionaryWhole": pa.array([9, None, 7], pa.int64()).dictionary_encode(),
    "dictionaryStamp": pa.array([1700, None, -1], pa.timestamp("s")).dictionary_encode(),
    "dictionaryDecimal": pa.array(decimals, pa.decimal128(5, 2)).dictionary_encode(),
    "dictionaryBoolean": pa.array([True, None, False]).dictionary_encode(),
    "batch": pa.array([12, None, 2**53 + 1], pa.int64()),
    "sampleId": pa.array([12.0, None, 0.5], pa.float64()),
    "plate": pa.array([True, None, False], pa.bool_()),
}


def write(name, table):
    with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        # In two batches, so that what a batch shares with the next is read too.
        writer.write_table(table, max_chunksize=2)
    parquet.write_table(table, folder / f"{name}.parquet", row_group_size=2)


every = pa.table(columns)
write("every", every)
# pyarrow writes no views to CSV.
place = every.column_names.index("textView")
csv.write_csv(every.set_column(place, "textView", every["largeText"]), folder / "every.csv")

refused = {
    "list": pa.array([[1]], pa.list_(pa.int32())),
    "largeList": pa.array([[1]], pa.large_list(pa.int32())),
    "fixedList": pa.array([[1]], pa.list_(pa.int32(), 1)),
    "struct": pa.array([{"a": 1}], pa.struct([("a", pa.int32())])),
    "map": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int32())),
    "bytes": pa.array([b"a"], pa.binary()),
    "fixedBytes": pa.array([b"a"], pa.binary(1)),
    "decimal": pa.array([Decimal("1.5")], pa.decimal256(50, 10)),
}
for name, values in refused.items():
    write(name, pa.table({"first": pa.array([1]), name: values}))
for name, names in {"twice": ["a", "a"], "case": ["a", "A"], "noName": ["a", ""]}.items():
    table = pa.table([pa.array([1]), pa.array([2])], names=names)
    write(name, table)
    csv.write_csv(table, folder / f"{name}.csv")


# What a CSV holds, in formats of cells that tell numbers, booleans and texts apart.
with open(folder / "every.csv", newline="", encoding="utf-8") as file:
    names, *rows = list(reader(file))
with open(folder / "every.tsv", "w", newline="", encoding="utf-8") as file:
    writer(file, delimiter="\t").writerows([names, *rows])


def kind(name):
    of = every.schema.field(name).type
    of = of.value_type if pa.types.is_dictionary(of) else of
    if pa.types.is_boolean(of):
        return "boolean"
    is_number = pa.types.is_integer(of) or pa.types.is_floating(of) or pa.types.is_decimal(of) or pa.types.is_duration(of)
    return "number" if is_number else "text"


kinds = [kind(name) for name in names]


def literal(text, kind):
    return "null" if text == "" else json.dumps(text) if kind == "text" else text.replace("nan", "NaN")


listed = [
    f"{json.dumps(n)}:[" + ",".join(literal(row[i], kinds[i]) for row in rows) + "]" for i, n in enumerate(names)
]
(folder / "every.json").write_text("{" + ",".join(listed) + "}", encoding="utf-8")


def cell(text, kind, name):
    if text == "":
        return None
    if kind == "boolean":
        return text == "true"
    # As in a workbook, digits that a number does not carry stand as text.
    if kind == "number" and "Long" not in name and name != "batch":
        return float(text) if any(c in text for c in ".en") else int(text)
    # Days and times from 1970 on are dates of the workbook, as far as it counts milliseconds.
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d"):
        try:
            found = dt.datetime.strptime(text, form)
            return found if found.year >= 1900 and name not in ("text", "day32", "day64") else text
        except ValueError:
            pass
    return text


workbook = openpyxl.Workbook()
workbook.active.append(names)
for row in rows:
    workbook.active.append([cell(t, k, n) for n, t, k in zip(names, row, kinds)])
workbook.save(folder / "every.xlsx")
