'use strict';

// Reads all transactions of an item's first account with Pluggy's official SDK and keeps them in memory, nothing more.
// Usage: node read.js <item> <repeats>; PLUGGY_API_URL names the server. Prints {"rows": n, "seconds": [...]}.
const { PluggyClient } = require('pluggy-sdk');

async function main() {
  const [item, repeats] = process.argv.slice(2);
  const client = new PluggyClient({ clientId: 'sandbox-client-id', clientSecret: 'sandbox-client-secret' });
  const { results: accounts } = await client.fetchAccounts(item);
  const seconds = [];
  let rows = 0;
  for (let i = 0; i < Number(repeats); i++) {
    const began = process.hrtime.bigint();
    rows = (await client.fetchAllTransactions(accounts[0].id)).length;
    seconds.push(Number(process.hrtime.bigint() - began) / 1e9);
  }
  console.log(JSON.stringify({ rows, seconds }));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
