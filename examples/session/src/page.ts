import { goods } from './shop.ts';

/** A page of the shop, with what is in the cart, by number and quantity. */
export function page(cart: Readonly<Record<string, number>>): string {
  const lines = [...goods].map(
    ([id, { name, price }]) => `
      <li>
        ${name}, ${euros(price)}
        <form method="post" action="/cart/${id}"><button>Add</button></form>
        ${cart[id] ? `${cart[id]} in your cart` : ''}
      </li>`,
  );
  const total = [...goods].reduce((sum, [id, { price }]) => sum + price * (cart[id] ?? 0), 0);
  return `<!doctype html>
    <html lang="en">
      <title>A shop</title>
      <h1>A shop</h1>
      <ul>${lines.join('')}</ul>
      <p>Your cart: ${euros(total)}</p>
      <form method="post" action="/empty"><button>Empty the cart</button></form>
    </html>`;
}

function euros(cents: number): string {
  return `${(cents / 100).toFixed(2)} €`;
}
