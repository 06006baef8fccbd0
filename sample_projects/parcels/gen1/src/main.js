import { Amplify } from 'aws-amplify';
import { get } from 'aws-amplify/api';
import config from './amplifyconfiguration.json';

Amplify.configure(config);

export const track = (number) =>
  get({ apiName: 'parcelpost', path: '/track', options: { queryParams: { number } } }).response;
