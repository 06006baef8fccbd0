import Amplify, { API, Auth, graphqlOperation } from 'aws-amplify';
import awsconfig from './aws-exports';

Amplify.configure(awsconfig);

const LIST_NOTES = `query ListNotes { listNotes { items { id title } } }`;

export async function myNotes() {
  await Auth.currentAuthenticatedUser();
  const { data } = await API.graphql(graphqlOperation(LIST_NOTES));
  return data.listNotes.items;
}
