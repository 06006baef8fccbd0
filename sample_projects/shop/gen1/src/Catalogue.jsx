import { generateClient } from 'aws-amplify/api';
import { getUrl } from 'aws-amplify/storage';
import { useEffect, useState } from 'react';

const client = generateClient();
const LIST = /* GraphQL */ `
  query ListProducts {
    listProducts(limit: 40) {
      items {
        id
        name
        imageKey
        price {
          amount
          currency
        }
      }
    }
  }
`;

async function withPicture(product) {
  if (!product.imageKey) {
    return product;
  }
  const { url } = await getUrl({ key: product.imageKey, options: { accessLevel: 'guest' } });
  return { ...product, picture: url.href };
}

export function Catalogue() {
  const [products, setProducts] = useState([]);
  useEffect(() => {
    client
      .graphql({ query: LIST, authMode: 'apiKey' })
      .then(({ data }) => Promise.all(data.listProducts.items.map(withPicture)))
      .then(setProducts);
  }, []);
  return (
    <ul>
      {products.map((product) => (
        <li key={product.id}>
          {product.picture && <img src={product.picture} alt="" />}
          {product.name}: {(product.price.amount / 100).toFixed(2)} {product.price.currency}
        </li>
      ))}
    </ul>
  );
}
