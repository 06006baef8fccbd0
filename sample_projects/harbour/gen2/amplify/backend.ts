import { defineBackend } from '@aws-amplify/backend';
import { features, wire } from './features';

const backend = defineBackend(features);
wire(backend);

// Your own changes to the backend go below; migrate does not touch this file again.
