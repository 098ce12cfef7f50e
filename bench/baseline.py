"""The same job as a script of the usual kind does it: pandas and openpyxl read the workbook, a loop cleans it row by row and notes
every changed cell, psycopg2 stores rows and notes in pages of 1,000 within one transaction.

    python3 baseline.py WORKBOOK DATABASE_URL

Prints one JSON line: seconds, rows, peak resident memory in MB.
"""
import json
import re
import resource
import sys
import time
from datetime import date

started = time.perf_counter()

import pandas as pd  # noqa: E402  (the import is part of the job)
import psycopg2  # noqa: E402
from psycopg2.extras import execute_values  # noqa: E402

workbook, url = sys.argv[1], sys.argv[2]
SHEET = "SELL OUT BY EAN"
TABLES = """
CREATE SCHEMA IF NOT EXISTS baseline;
DROP TABLE IF EXISTS baseline.processed_data, baseline.sales_data, baseline.transform_logs;
CREATE TABLE baseline.processed_data (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sheet text, source_row int, product_ean text,
  functional_name text, year int, month int, sales_date date, quantity int, amount numeric, currency text, reseller text, store text, channel text);
CREATE TABLE baseline.sales_data (LIKE baseline.processed_data INCLUDING ALL);
CREATE INDEX ON baseline.sales_data (sales_date);
CREATE INDEX ON baseline.sales_data (reseller);
CREATE INDEX ON baseline.sales_data (product_ean);
CREATE TABLE baseline.transform_logs (sheet text, source_row int, column_name text, original text, cleaned text, rule text);
"""


def number(value):
    """A number from what a cell shows: comma decimals, blanks as thousands, signs and symbols."""
    if isinstance(value, (int, float)):
        return value
    text = re.sub(r"[\s\u00a0\u202f€£R]", "", str(value)).replace("\u2212", "-").replace("–", "-")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    return float(text)


def valid_ean(text):
    if not re.fullmatch(r"\d{13}", text):
        return False
    digits = [int(d) for d in text]
    return (10 - sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits[:12])) % 10) % 10 == digits[12]


frame = pd.read_excel(workbook, sheet_name=SHEET, dtype={"EAN": str}, engine="openpyxl")
records, log = [], []


def changed(row_number, column, before, after, rule):
    if before != after:
        log.append({"sheet": SHEET, "row": row_number, "column": column, "original": str(before), "cleaned": str(after), "rule": rule})
    return after


for index, row in frame.iterrows():
    row_number = index + 2
    ean = re.sub(r"\.0$", "", str(row["EAN"])).strip()
    if not valid_ean(ean):
        continue
    quantity = row["QTY"] if isinstance(row["QTY"], (int, float)) else changed(row_number, "QTY", row["QTY"], number(row["QTY"]), "number")
    amount = row["AMOUNT"] if isinstance(row["AMOUNT"], (int, float)) else changed(row_number, "AMOUNT", row["AMOUNT"], number(row["AMOUNT"]), "number")
    year, month = int(row["YEAR"]), int(row["MONTH"])
    records.append({
        "sheet": SHEET, "source_row": row_number, "product_ean": ean,
        "functional_name": changed(row_number, "SKU", row["SKU"], row["SKU"].strip().upper(), "upper-case"),
        "year": year, "month": month, "sales_date": date(year, month, 1), "quantity": int(quantity), "amount": float(amount),
        "currency": "EUR", "reseller": "Boxnox", "store": row["POS"], "channel": row["CHANNEL"],
    })
rows = [tuple(record.values()) for record in records]
notes = [tuple(note.values()) for note in log]
columns = "(sheet, source_row, product_ean, functional_name, year, month, sales_date, quantity, amount, currency, reseller, store, channel)"
connection = psycopg2.connect(url)
with connection, connection.cursor() as cursor:
    cursor.execute(TABLES)
    execute_values(cursor, f"INSERT INTO baseline.processed_data {columns} VALUES %s", rows, page_size=1000)
    execute_values(cursor, f"INSERT INTO baseline.sales_data {columns} VALUES %s", rows, page_size=1000)
    execute_values(cursor, "INSERT INTO baseline.transform_logs VALUES %s", notes, page_size=1000)
print(json.dumps({
    "seconds": round(time.perf_counter() - started, 3),
    "rows": len(rows),
    "fixes": len(log),
    "peakMb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
}))
