'use strict';

const token = new URLSearchParams(location.search).get('connect_token');
const at = id => document.getElementById(id);
const STEPS = {
  CREATED: 'Preparando a conexão…',
  LOGIN_IN_PROGRESS: 'Entrando no banco…',
  LOGIN_MFA_IN_PROGRESS: 'Conferindo a sua resposta…',
  ACCOUNTS_IN_PROGRESS: 'Lendo as contas…',
  CREDITCARDS_IN_PROGRESS: 'Lendo os cartões…',
  TRANSACTIONS_IN_PROGRESS: 'Lendo as transações…',
  PAYMENT_DATA_IN_PROGRESS: 'Lendo os pagamentos…',
  IDENTITY_IN_PROGRESS: 'Lendo os dados do titular…',
  MERGING: 'Guardando tudo…',
};
const ERRORS = {
  INVALID_CREDENTIALS: 'Usuário ou senha incorretos.',
  INVALID_CREDENTIALS_MFA: 'O código informado está incorreto.',
  ALREADY_LOGGED_IN: 'Há outra sessão aberta no banco. Encerre-a e tente de novo.',
  ACCOUNT_LOCKED: 'A conta está bloqueada no banco.',
  SITE_NOT_AVAILABLE: 'O banco está fora do ar. Tente mais tarde.',
  ACCOUNT_NEEDS_ACTION: 'O banco pede uma ação sua no aplicativo dele.',
  ACCOUNT_CREDENTIALS_RESET: 'O banco pede que você troque a senha.',
  USER_INPUT_TIMEOUT: 'O tempo para responder acabou.',
  USER_AUTHORIZATION_NOT_GRANTED: 'O compartilhamento não foi autorizado.',
  USER_AUTHORIZATION_REVOKED: 'A autorização foi revogada no banco.',
};

let item = null;
let answer = null;

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: { 'X-API-KEY': token, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const json = await response.json();
  if (!response.ok) throw json;
  return json;
}

function show(id) {
  for (const part of ['banks', 'form', 'progress', 'done']) at(part).hidden = part !== id;
}

function alertText(text) {
  at('alert').textContent = text || '';
  at('alert').hidden = !text;
}

function refused(error) {
  const details = error && error.details ? error.details.map(one => one.message).join(' ') : '';
  alertText(details || (error && error.message) || 'Não foi possível falar com o simulador.');
}

async function listBanks() {
  const pages = await Promise.all([call('GET', '/connectors'), call('GET', '/connectors?sandbox=true')]);
  const banks = pages.flatMap(page => page.results);
  const draw = () => {
    const wanted = at('search').value.toLowerCase();
    at('bank-list').replaceChildren(...banks
      .filter(bank => bank.name.toLowerCase().includes(wanted))
      .map(bank => {
        const button = document.createElement('button');
        button.type = 'button';
        const logo = new Image();
        logo.src = '/connect/logo/' + bank.id + '.svg';
        logo.alt = '';
        const kind = bank.isOpenFinance ? ' (Open Finance)' : bank.isSandbox ? ' (teste)' : '';
        button.append(logo, bank.name + kind);
        button.onclick = () => askCredentials(bank);
        const entry = document.createElement('li');
        entry.append(button);
        return entry;
      }));
  };
  at('search').oninput = draw;
  draw();
  show('banks');
}

function field(credential) {
  const label = document.createElement('label');
  label.htmlFor = 'field-' + credential.name;
  label.textContent = credential.label + (credential.optional ? ' (opcional)' : '');
  const input = document.createElement(credential.type === 'select' ? 'select' : 'input');
  input.id = label.htmlFor;
  input.name = credential.name;
  input.required = !credential.optional;
  if (credential.type === 'select') {
    for (const option of credential.options) input.append(new Option(option.label, option.value));
  } else {
    input.type = credential.type === 'password' ? 'password' : 'text';
    input.autocomplete = 'off';
    if (credential.type === 'number') input.inputMode = 'numeric';
  }
  const parts = [label];
  if (credential.type === 'image') {
    const picture = new Image();
    picture.className = 'challenge';
    picture.alt = 'Números a digitar';
    picture.src = 'data:image/png;base64,' + credential.data;
    parts.push(picture);
  }
  parts.push(input);
  if (credential.instructions) {
    const help = document.createElement('small');
    help.textContent = credential.instructions;
    parts.push(help);
  }
  return parts;
}

function ask(title, help, credentials, onAnswer) {
  at('form-title').textContent = title;
  at('form-help').textContent = help;
  at('fields').replaceChildren(...credentials.flatMap(field));
  answer = onAnswer;
  show('form');
  at('fields').querySelector('input, select').focus();
}

function askCredentials(bank) {
  alertText('');
  ask(bank.name, 'Teste: user-ok e password-ok, ou CPF 761.092.776-73.', bank.credentials, parameters =>
    item ? call('PATCH', '/items/' + item.id, { parameters })
      : call('POST', '/items', { connectorId: bank.id, parameters }));
}

at('form').onsubmit = async event => {
  event.preventDefault();
  alertText('');
  const values = Object.fromEntries([...new FormData(at('form'))].filter(pair => pair[1]));
  try {
    follow(await answer(values));
  } catch (error) {
    refused(error);
  }
};
at('back').onclick = () => item ? follow(item) : listBanks().catch(refused);
at('copy').onclick = () => navigator.clipboard.writeText(item.id);

async function watch() {
  try {
    follow(await call('GET', '/items/' + item.id));
  } catch (error) {
    refused(error);
  }
}

function follow(next) {
  item = next;
  if (item.status === 'WAITING_USER_INPUT') {
    ask('O banco pergunta', 'A resposta de teste é 123456.', [item.parameter], values =>
      call('POST', '/items/' + item.id + '/mfa', values));
    return;
  }
  if (item.status === 'UPDATED') {
    at('item-id').textContent = item.id;
    show('done');
    const peer = window.opener || (window.parent !== window ? window.parent : null);
    if (peer) peer.postMessage({ type: 'pluggy-connect-success', itemId: item.id }, '*');
    return;
  }
  if (item.status === 'LOGIN_ERROR' || item.status === 'OUTDATED') {
    askCredentials(item.connector);
    alertText(ERRORS[item.executionStatus] || 'A conexão falhou: ' + item.executionStatus);
    return;
  }
  const waits = item.status === 'WAITING_USER_ACTION';
  at('status').textContent = waits ? item.userAction.instructions : STEPS[item.executionStatus] || 'Aguarde…';
  at('action').hidden = !waits;
  if (waits) {
    const link = document.createElement('a');
    link.href = item.userAction.attributes.url;
    link.target = '_blank';
    link.textContent = 'Abrir a página do banco';
    at('action').replaceChildren(link);
  }
  show('progress');
  setTimeout(watch, 300);
}

async function start() {
  if (!token) {
    alertText('Abra esta página com ?connect_token=…');
    return;
  }
  try {
    const claims = JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
    if (claims.itemId) {
      item = await call('GET', '/items/' + claims.itemId);
      askCredentials(item.connector);
    } else {
      await listBanks();
    }
  } catch (error) {
    alertText(error && error.code === 403 ? 'O token de conexão venceu ou não é válido.' : 'Não foi possível começar.');
  }
}

start();
