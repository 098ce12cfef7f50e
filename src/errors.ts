// The error catalogue: what is expected to go wrong, in a sentence fit for chat, with what to do about it.
// Anything that is not an AppError is a bug: the person gets a reference number, the log gets the stack.

interface Entry {
  /** May a retry of the same thing succeed without anybody doing anything? */
  retryable: boolean;
  message: string;
  hint: string;
}

/** Code -> what a person reads. Sentences may hold `{placeholders}`, filled from `params`. */
export const catalogue = {
  CONFIG_INVALID: {
    retryable: false,
    message: 'The configuration has problems.',
    hint: 'Correct the variables listed above and start again.',
  },
  CONFIG_DATABASE: {
    retryable: false,
    message: 'The database cannot be used: {reason}.',
    hint: 'Run `taskifai doctor` to see what is missing.',
  },

  DATA_INVALID: {
    retryable: false,
    message: 'The input cannot be used: {reason}.',
    hint: 'Correct it and try again.',
  },

  RATES_NO_SOURCE: {
    retryable: false,
    message: 'No source of exchange rates is configured.',
    hint: 'Set FX_RATES_URL, or import a file: taskifai rates import FILE.',
  },
  RATES_SOURCE_FAILED: {
    retryable: true,
    message: 'The exchange rates could not be fetched: {reason}.',
    hint: 'Nothing was changed. Try again later, or import a file: taskifai rates import FILE.',
  },

  REVIEW_CLOSED: {
    retryable: false,
    message: 'Nothing can be decided about rows of {file}: {state}.',
    hint: '{next}',
  },
  REVIEW_NO_SUCH_ROW: {
    retryable: false,
    message: 'Nothing was done: {reason}.',
    hint: 'See what is held back, and where: taskifai review {id}.',
  },

  UPLOAD_EMPTY: {
    retryable: false,
    message: '{file} is empty (zero bytes).',
    hint: 'Save the workbook again and send that copy.',
  },
  UPLOAD_TOO_LARGE: {
    retryable: false,
    message: '{file} is too large ({size}); the limit is {limit}.',
    hint: 'Remove sheets that are not needed, or ask an administrator to raise MAX_UPLOAD_SIZE_MB.',
  },
  UPLOAD_EXTENSION: {
    retryable: false,
    message: '{file} is not a file type that is read here.',
    hint: 'Send an Excel workbook (.xlsx).',
  },
  UPLOAD_LOCK_FILE: {
    retryable: false,
    message: '{file} is a lock file that Excel or LibreOffice leaves while a workbook is open, not the workbook.',
    hint: 'Close the workbook and send the .xlsx file itself.',
  },
  UPLOAD_INFECTED: {
    retryable: false,
    message: '{file} carries a virus ({found}) and was not stored.',
    hint: 'Have the computer that it comes from checked, and send a clean copy.',
  },
  UPLOAD_SCANNER_DOWN: {
    retryable: true,
    message: 'Files cannot be accepted at the moment: the virus scanner {reason}.',
    hint: 'Nothing was stored. Send the file again in a few minutes; `taskifai doctor` says whether the scanner answers.',
  },
  UPLOAD_NOT_XLSX: {
    retryable: false,
    message: '{file} is named like an Excel workbook but is {found}.',
    hint: 'If Excel opens it, choose "Save as", type "Excel workbook (.xlsx)", and send that file; else ask for the workbook that it was made from.',
  },
  UPLOAD_NOT_CSV: {
    retryable: false,
    message: '{file} is named like a CSV file but is {found}.',
    hint: 'Send the file under its own name, or export it again as CSV.',
  },
  UPLOAD_LEGACY_XLS: {
    retryable: false,
    message: '{file} is in the old Excel format (.xls).',
    hint: 'Open it in Excel and save it as "Excel workbook (.xlsx)".',
  },
  UPLOAD_ENCRYPTED: {
    retryable: false,
    message: '{file} is encrypted with a password.',
    hint: 'Remove the password (File, Info, Protect workbook) and send it again.',
  },
  UPLOAD_MACROS: {
    retryable: false,
    message: '{file} contains macros, which are never accepted.',
    hint: 'Save it as "Excel workbook (.xlsx)" without macros.',
  },
  UPLOAD_BOMB: {
    retryable: false,
    message:
      '{file} unpacks to far more data than a report can hold ({reason}); it looks like a zip bomb or is too large.',
    hint: 'Copy the rows into a new workbook and send that.',
  },
  UPLOAD_DTD: {
    retryable: false,
    message: '{file} declares XML entities (a DTD), which a workbook never needs; it is not a valid, safe workbook.',
    hint: 'Open it in Excel and save it as a new .xlsx file.',
  },
  UPLOAD_UNSAFE_ZIP: {
    retryable: false,
    message: '{file} is an unsafe zip archive: {reason}.',
    hint: 'Open it in Excel and save it as a new .xlsx file.',
  },
  UPLOAD_CORRUPT: {
    retryable: false,
    message: '{file} is damaged or incomplete ({reason}) and could not be read.',
    hint: 'Download or export it again and send the new copy.',
  },
  UPLOAD_READ_LIMIT: {
    retryable: false,
    message: '{file} is more than can be read in reasonable time and memory ({reason}).',
    hint: 'Split it into smaller workbooks, or remove formatting from empty rows.',
  },
  UPLOAD_NO_TABLE: {
    retryable: false,
    message: '{file} has no table that looks like a sales report.',
    hint: 'There must be a row of headings with at least a product, a quantity or an amount.',
  },
  UPLOAD_NO_ROWS: {
    retryable: false,
    message: '{file} has headings but no rows: there is no data to load.',
    hint: 'Check that the export was finished and send it again.',
  },
  UPLOAD_ALL_BAD: {
    retryable: false,
    message: 'No row of {file} could be used: all {count} were held back.',
    hint: 'The reasons are listed with each row; the most frequent is: {reason}.',
  },
  UPLOAD_UNKNOWN_VENDOR: {
    retryable: false,
    message: 'I do not recognise the layout of {file}.',
    hint: 'Say which vendor it is from, or teach me its layout.',
  },
  UPLOAD_NO_PERIOD: {
    retryable: false,
    message: '{file} does not say which period it covers: no month or year in its name, sheets or columns.',
    hint: 'Send it again with the period in the name, for example "... 04-2025.xlsx".',
  },
  UPLOAD_PERIOD_CONFLICT: {
    retryable: false,
    message: '{file} names two different periods: {reason}.',
    hint: 'Say which one is right, for example by renaming the file.',
  },
  UPLOAD_PERIOD_IMPOSSIBLE: {
    retryable: false,
    message: '{file} says that it covers {period}, which {reason}.',
    hint: 'Check the period in its name and send it again.',
  },
  UPLOAD_NUMBERS_AMBIGUOUS: {
    retryable: false,
    message: 'The figures under "{column}" in {file} can be read in two ways: "{text}" in {cell} is {either}, or {or}.',
    hint: 'Say which mark stands before the decimals: the comma makes it {either}, the point {or}. Nothing is stored until then.',
  },
  UPLOAD_DATES_AMBIGUOUS: {
    retryable: false,
    message: 'The dates under "{column}" in {file} can be read in two ways: "{text}" in {cell} is {either}, or {or}.',
    hint: 'Say whether the day comes first ({either}) or the month ({or}). Nothing is stored until then.',
  },
  UPLOAD_NOT_FOUND: {
    retryable: false,
    message: 'There is no upload {id} that you may see.',
    hint: 'List the uploads to find its number.',
  },
  UPLOAD_NOT_YOURS: {
    retryable: false,
    message: 'Only the person who uploaded a file, or an administrator, may change it.',
    hint: 'Ask them, or an administrator.',
  },
  UPLOAD_IN_WORK: {
    retryable: true,
    message: '{file} is being worked on at this moment.',
    hint: 'Wait for its receipt and try again.',
  },
  UPLOAD_NOT_WAITING: {
    retryable: false,
    message: '{file} does not wait for a decision.',
    hint: 'To put another version in its place, use "taskifai replace"; to take it back, "taskifai undo".',
  },
  UPLOAD_NOT_UNDOABLE: {
    retryable: false,
    message: 'Upload {id} has nothing in force that could be undone.',
    hint: 'It was undone or replaced before, or it never stored any rows.',
  },
  UPLOAD_FAILED: {
    retryable: true,
    message: '{file} could not be processed because of an error on our side (reference {reference}).',
    hint: 'Nothing was stored. Send it again; if it happens twice, give the reference to an administrator.',
  },

  TEACH_NO_TABLE: {
    retryable: false,
    message: '{file} has no row of headings that I could learn a layout from.',
    hint: 'The headings must stand in the first 30 rows of a sheet, with a product and the pieces sold below them.',
  },
  TEACH_CHOICE: {
    retryable: false,
    message: '{choice} cannot be used: {reason}.',
    hint: '{next}',
  },
  TEACH_CLOSED: {
    retryable: false,
    message: '{file} cannot be taught: {reason}.',
    hint: '{next}',
  },
  TEACH_OPEN: {
    retryable: false,
    message: 'The layout of {file} is not kept yet: {open}',
    hint: 'Answer with {answers}, and --save again.',
  },
  TEACH_UNKNOWN: {
    retryable: false,
    message: 'Nobody has taught a vendor {id}.',
    hint: 'taskifai vendors lists those that are known.',
  },

  ASK_EMPTY: {
    retryable: false,
    message: 'There is no question in that.',
    hint: 'Ask for example: total sales last month.',
  },
  ASK_TOO_LONG: {
    retryable: false,
    message: 'That question is too long ({length} characters; the limit is 1,000).',
    hint: 'Ask one thing at a time.',
  },
  ASK_NO_SUCH_ANSWER: {
    retryable: false,
    message: 'That answer is not there any more, or it was given to somebody else.',
    hint: 'Ask the question again.',
  },
  ASK_REFUSED: {
    retryable: false,
    message: 'That query is not allowed: {reason}.',
    hint: 'Only reading the sales data is possible here.',
  },
  ASK_TOO_MUCH: {
    retryable: false,
    message: 'That asks for too much data at once ({limit}).',
    hint: 'Narrow it to a period, a reseller or a product.',
  },
  ASK_BAD_QUERY: {
    retryable: false,
    message: 'That query could not be run: {reason}.',
    hint: 'Check the names of tables and columns.',
  },
  ASK_UNSAFE_DATABASE: {
    retryable: false,
    message: 'Questions are switched off: the database is not safe to run them on.',
    hint: 'An administrator can run `taskifai doctor`, which says what is wrong and what to do.',
  },
  ASK_BUSY: {
    retryable: true,
    message: 'Too many questions are being answered at this moment.',
    hint: 'Ask again in a few seconds.',
  },
  ASK_FAILED: {
    retryable: true,
    message: 'That could not be answered because of an error on our side (reference {reference}).',
    hint: 'Try again; if it happens twice, give the reference to an administrator.',
  },

  ACCESS_UNKNOWN_USER: {
    retryable: false,
    message: 'I do not know you yet, so I cannot show you any data.',
    hint: 'Ask an administrator to add you: taskifai user add EMAIL --role viewer.',
  },
  ACCESS_ROLE: {
    retryable: false,
    message: 'Your role ({role}) does not allow that.',
    hint: 'Ask an administrator for the role {needed}.',
  },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof catalogue;

/** An expected failure. `message` and `hint` are fit for chat; `cause` is for the log only. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable: boolean;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, params: Record<string, string> = {}, options?: { cause?: unknown }) {
    super(fill(catalogue[code].message, params), options);
    this.name = 'AppError';
    this.code = code;
    this.hint = fill(catalogue[code].hint, params);
    this.retryable = catalogue[code].retryable;
    this.params = params;
  }
}

function fill(sentence: string, params: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}
