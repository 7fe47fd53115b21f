/** What there is to buy, in cents. */
export const goods = new Map([
  [1, { name: 'Tea', price: 450 }],
  [2, { name: 'Coffee', price: 780 }],
  [3, { name: 'A cup', price: 1200 }],
]);
