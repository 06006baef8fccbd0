/* Amplify Params - DO NOT EDIT
	API_ROWCLUB_GRAPHQLAPIENDPOINTOUTPUT
	API_ROWCLUB_GRAPHQLAPIIDOUTPUT
	ENV
	REGION
Amplify Params - DO NOT EDIT */
const { signedRequest } = require('./signed-request');

const OUTINGS = /* GraphQL */ `
  query OutingsOn($day: AWSDate!) {
    outingsByDay(day: $day) {
      items {
        id
        boatId
        startsAt
      }
    }
  }
`;

const POST_NOTICE = /* GraphQL */ `
  mutation PostNotice($input: CreateNoticeInput!) {
    createNotice(input: $input) {
      id
    }
  }
`;

/** Posts a notice about tomorrow's outings. */
exports.handler = async (event) => {
  const day = new Date(new Date(event.time).getTime() + 86400000).toISOString().slice(0, 10);
  const { outingsByDay } = await signedRequest(OUTINGS, { day });
  if (outingsByDay.items.length > 0) {
    const text = `${outingsByDay.items.length} outings on ${day} (${process.env.CLUB_TIMEZONE})`;
    await signedRequest(POST_NOTICE, { input: { title: 'Outings', text } });
  }
  return outingsByDay.items.length;
};
