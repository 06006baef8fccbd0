import type { Backend as AmplifyBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { storage } from './storage/resource';
import { data } from './data/resource';
import { s3Trigger3fa91c20 } from './function/S3Trigger3fa91c20/resource';
import { nightlyreport } from './function/nightlyreport/resource';
import { orderstream } from './function/orderstream/resource';
import { papershopAuthPostConfirmation } from './function/papershopAuthPostConfirmation/resource';
import { paymentnotice } from './function/paymentnotice/resource';
import { shippingquote } from './function/shippingquote/resource';
import { wireAuth } from './auth/wiring';
import { wireStorage } from './storage/wiring';
import { wireData } from './data/wiring';
import { wireFunction } from './function/wiring';
import { wireProject } from './project/wiring';

/** Everything the backend consists of. */
export const features = {
  auth,
  storage,
  data,
  s3Trigger3fa91c20,
  nightlyreport,
  orderstream,
  papershopAuthPostConfirmation,
  paymentnotice,
  shippingquote,
};

export type Backend = AmplifyBackend<typeof features>;

/** Overrides, grants and environment variables, feature by feature. */
export function wire(backend: Backend): void {
  wireAuth(backend);
  const storageWiring = wireStorage(backend);
  wireData(backend);
  wireFunction(backend, storageWiring);
  wireProject(backend);
}
