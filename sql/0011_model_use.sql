-- What a language model used for a question, beside what it cost. Runs as {{owner}}.

ALTER TABLE app.questions
  ADD COLUMN model text,
  ADD COLUMN input_tokens int CHECK (input_tokens >= 0),
  ADD COLUMN output_tokens int CHECK (output_tokens >= 0);
