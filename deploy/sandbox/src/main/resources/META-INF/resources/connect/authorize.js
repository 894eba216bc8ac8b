'use strict';

const itemId = new URLSearchParams(location.search).get('item_id');
const at = id => document.getElementById(id);

async function choose(approve) {
  at('choice').hidden = true;
  const response = await fetch('/sandbox/items/' + encodeURIComponent(itemId) + '/authorize', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ approve }),
  });
  const item = await response.json();
  if (!response.ok) {
    at('status').textContent = 'Este pedido não está mais aberto.';
    return;
  }
  at('status').textContent = approve ? 'Autorizado. Pode fechar esta página.' : 'Recusado. Pode fechar esta página.';
  if (item.oauthRedirectUri) {
    const back = new URL(item.oauthRedirectUri);
    back.searchParams.set('itemId', item.id);
    location.assign(back);
  }
}

at('approve').onclick = () => choose(true);
at('refuse').onclick = () => choose(false);
