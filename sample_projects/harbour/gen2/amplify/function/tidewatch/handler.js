export { handler } from './src/index.js';
