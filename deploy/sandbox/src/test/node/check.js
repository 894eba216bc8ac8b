'use strict';

// Runs Pluggy's official SDK, unchanged, against the simulator that PLUGGY_API_URL names. Exits 0 if all of it works.
const assert = require('node:assert/strict');
const { PluggyClient } = require('pluggy-sdk');

const client = new PluggyClient({ clientId: 'sandbox-client-id', clientSecret: 'sandbox-client-secret' });
const LOGIN = { user: 'user-ok-1234', password: 'password-ok' };

async function settled(id) {
  for (let tries = 0; tries < 500; tries++) {
    const item = await client.fetchItem(id);
    if (!['UPDATING', 'MERGING'].includes(item.status)) return item;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error('item ' + id + ' did not settle');
}

async function refused(promise, code) {
  await assert.rejects(promise, error => error.codeDescription === code || error.code === code);
}

async function connectors() {
  const { results } = await client.fetchConnectors({ sandbox: true });
  assert.ok(results.some(connector => connector.id === 0));
  assert.equal((await client.fetchConnector(2)).name, 'Pluggy Bank');
  assert.equal((await client.validateParameters(2, LOGIN)).errors.length, 0);
}

async function items() {
  const { accessToken } = await client.createConnectToken(undefined, { clientUserId: 'user-42' });
  assert.ok(accessToken);
  const created = await client.createItem(2, LOGIN, { clientUserId: 'user-42' });
  assert.equal(created.status, 'UPDATING');
  const item = await settled(created.id);
  assert.equal(item.executionStatus, 'SUCCESS');
  assert.equal(item.clientUserId, 'user-42');
  assert.ok(item.createdAt instanceof Date && item.lastUpdatedAt instanceof Date);
  await client.updateItem(item.id);
  assert.equal((await settled(item.id)).status, 'UPDATED');
  return item.id;
}

async function mfa() {
  const created = await client.createItem(4, { user: 'user-ok-30', password: 'password-ok' });
  const asked = await settled(created.id);
  assert.equal(asked.status, 'WAITING_USER_INPUT');
  assert.ok(asked.parameter.expiresAt instanceof Date);
  await client.updateItemMFA(created.id, { [asked.parameter.name]: '123456' });
  assert.equal((await settled(created.id)).executionStatus, 'SUCCESS');
  await client.deleteItem(created.id);
  await refused(client.fetchItem(created.id), 'ITEM_NOT_FOUND');
}

async function transactions(itemId) {
  const { results: accounts } = await client.fetchAccounts(itemId);
  assert.equal(accounts.length, 2);
  assert.equal((await client.fetchAccounts(itemId, 'CREDIT')).results.length, 1);
  const account = await client.fetchAccount(accounts[0].id);
  const all = await client.fetchAllTransactions(account.id);
  assert.equal(all.length, 1234);
  assert.equal(new Set(all.map(row => row.id)).size, 1234);
  assert.ok(all.every(row => row.date instanceof Date && typeof row.amount === 'number'));
  const ids = all.slice(700, 1200).map(row => row.id);
  const named = await client.fetchTransactionsCursor(account.id, { ids });
  assert.deepEqual(named.results.map(row => row.id), ids);
  const dateFrom = all[99].date.toISOString();
  const recent = await client.fetchAllTransactions(account.id, { dateFrom });
  assert.deepEqual(recent, all.filter(row => row.date >= all[99].date));
  const changed = await client.updateTransactionCategory(all[5].id, '18020000');
  assert.equal(changed.categoryId, '18020000');
  assert.deepEqual(await client.fetchTransaction(all[5].id), changed);
  const bills = await client.fetchCreditCardBills(accounts[1].id);
  assert.ok(bills.results.length > 0);
  await client.fetchCreditCardBill(bills.results[0].id);
  await refused(client.fetchTransactions(account.id), 'ENDPOINT_DEPRECATED');
}

async function others(itemId) {
  const categories = await client.fetchCategories();
  assert.ok(categories.results.length > 20);
  assert.equal((await client.fetchCategory('01010000')).parentId, '01000000');
  const consents = await client.fetchConsents(itemId);
  assert.equal(consents.results.length, 1);
  assert.equal((await client.fetchConsent(consents.results[0].id)).itemId, itemId);
  const identity = await client.fetchIdentityByItemId(itemId);
  assert.equal((await client.fetchIdentity(identity.id)).fullName, identity.fullName);
}

async function webhooks() {
  const url = 'http://127.0.0.1:9/sdk';
  const created = await client.createWebhook('item/updated', url, { 'X-Secret': 'x' });
  assert.equal((await client.fetchWebhook(created.id)).url, url);
  assert.equal((await client.fetchWebhooks()).results.filter(webhook => webhook.id === created.id).length, 1);
  const updated = await client.updateWebhook(created.id, { event: 'item/error' });
  assert.equal(updated.event, 'item/error');
  await client.deleteWebhook(created.id);
  await refused(client.fetchWebhook(created.id), 'WEBHOOK_NOT_FOUND');
}

async function main() {
  console.error = () => {};
  await connectors();
  const itemId = await items();
  await mfa();
  await transactions(itemId);
  await others(itemId);
  await webhooks();
  await client.deleteItem(itemId);
  const stranger = new PluggyClient({ clientId: 'sandbox-client-id', clientSecret: 'wrong' });
  await assert.rejects(stranger.fetchConnectors());
  console.log('the SDK works against ' + process.env.PLUGGY_API_URL);
}

main().catch(error => {
  console.log(error);
  process.exit(1);
});
