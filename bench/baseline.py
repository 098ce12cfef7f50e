"""The same job with pandas, openpyxl and psycopg2: read the workbook, clean the rows, log every changed cell, store.

    python3 baseline.py WORKBOOK DATABASE_URL

Prints one JSON line: seconds, rows, peak resident memory in MB. It is written as a capable analyst would write it:
cleaning by column where pandas can, inserts in pages of 1,000, one transaction.
"""
import json
import re
import resource
import sys
import time

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
frame["source_row"] = frame.index + 2
frame["EAN"] = frame["EAN"].str.replace(r"\.0$", "", regex=True).str.strip()
frame = frame[frame["EAN"].map(lambda ean: isinstance(ean, str) and valid_ean(ean))]
log = []
cleaned = {}
for column in ("QTY", "AMOUNT"):
    cleaned[column] = frame[column].map(number)
    for row, before, after in zip(frame["source_row"], frame[column], cleaned[column]):
        if isinstance(before, str):
            log.append((SHEET, row, column, before, str(after), "number"))
frame["QTY"], frame["AMOUNT"] = cleaned["QTY"].astype(int), cleaned["AMOUNT"]
sku = frame["SKU"].str.strip().str.upper()
for row, before, after in zip(frame["source_row"], frame["SKU"], sku):
    if before != after:
        log.append((SHEET, row, "SKU", before, after, "upper-case"))
frame["SKU"] = sku
dates = pd.to_datetime(dict(year=frame["YEAR"], month=frame["MONTH"], day=1)).dt.date
rows = list(
    zip([SHEET] * len(frame), frame["source_row"].tolist(), frame["EAN"].tolist(), frame["SKU"].tolist(), frame["YEAR"].tolist(),
        frame["MONTH"].tolist(), dates.tolist(), frame["QTY"].tolist(), frame["AMOUNT"].tolist(), ["EUR"] * len(frame),
        ["Boxnox"] * len(frame), frame["POS"].tolist(), frame["CHANNEL"].tolist())
)
columns = "(sheet, source_row, product_ean, functional_name, year, month, sales_date, quantity, amount, currency, reseller, store, channel)"
connection = psycopg2.connect(url)
with connection, connection.cursor() as cursor:
    cursor.execute(TABLES)
    execute_values(cursor, f"INSERT INTO baseline.processed_data {columns} VALUES %s", rows, page_size=1000)
    execute_values(cursor, f"INSERT INTO baseline.sales_data {columns} VALUES %s", rows, page_size=1000)
    execute_values(cursor, "INSERT INTO baseline.transform_logs VALUES %s", log, page_size=1000)
print(json.dumps({
    "seconds": round(time.perf_counter() - started, 3),
    "rows": len(rows),
    "fixes": len(log),
    "peakMb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
}))
