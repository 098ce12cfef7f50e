// The client of every test database.

export const testOptions = {
  clientId: '11111111-1111-4111-8111-111111111111',
  clientName: 'Test company',
  baseCurrency: 'EUR',
  encryptionKey: Buffer.alloc(32, 7),
  log: () => {},
};
