import type { Backend as AmplifyBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { trackreader } from './function/trackreader/resource';
import { wireAuth } from './auth/wiring';
import { wireAnalytics } from './analytics/wiring';
import { wireGeo } from './geo/wiring';
import { wirePredictions } from './predictions/wiring';
import { wireFunction } from './function/wiring';

/** Everything the backend consists of. */
export const features = {
  auth,
  trackreader,
};

export type Backend = AmplifyBackend<typeof features>;

/** Overrides, grants and environment variables, feature by feature. */
export function wire(backend: Backend): void {
  wireAuth(backend);
  const analyticsWiring = wireAnalytics(backend);
  const geoWiring = wireGeo(backend);
  wirePredictions(backend);
  wireFunction(backend, analyticsWiring, geoWiring);
}
