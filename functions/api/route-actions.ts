/**
 * What each route asks leave for: the link between the list of routes and the table of permissions. A test fails for a
 * route without a row and for a row without a route, and asks every route as everybody what this says.
 */
import { type OpenApiDocument, openApiDocument } from '@time-bank/contracts/openapi';
import { routes } from '@time-bank/contracts/routes';
import { type Action, rules } from '@time-bank/identity/rules';

/** `public`: asks for nobody's leave. Else the actions; where there are several, the message says which one is asked. */
export type Asks = 'public' | readonly [Action, ...Action[]];

/** By the name of the operation. */
export const routeActions: Readonly<Record<string, Asks>> = {
  readHealth: 'public',
  // Sign-in
  readSignInWays: 'public',
  askForCode: 'public',
  signIn: 'public',
  askForPasskey: 'public',
  signInWithPasskey: 'public',
  startOutside: 'public',
  signInOutside: 'public',
  refreshSession: 'public',
  signOut: 'public',
  listPasskeys: ['manage_sign_in'],
  askForNewPasskey: ['manage_sign_in'],
  addPasskey: ['manage_sign_in'],
  removePasskey: ['manage_sign_in'],
  bindOutside: ['manage_sign_in'],
  bindSso: ['enrol_staff'],
  enrolStaff: ['enrol_staff'],
  recoverSignIn: ['recover_sign_in'],
  listSessions: ['manage_sign_in'],
  endSession: ['manage_sign_in'],
  endOtherSessions: ['manage_sign_in'],
  endMemberSessions: ['end_sign_ins'],
  approveDevice: ['trust_device'],
  removeDevice: ['manage_sign_in'],
  // People
  readMe: ['read_me'],
  listCommunities: ['list_communities'],
  listElders: ['list_elders'],
  findMember: ['find_member'],
  enterPerson: ['enter_person'],
  readPerson: ['read_particulars'],
  changePerson: ['change_particulars'],
  readElderFile: ['read_elder_file'],
  changeElderFile: ['change_elder_file'],
  assessElder: ['change_elder_file'],
  listDuplicates: ['merge_people'],
  mergePeople: ['merge_people'],
  undoMerge: ['merge_people'],
  listHolders: ['list_holders'],
  grantRole: ['grant_role'],
  endRole: ['grant_role'],
  listVolunteers: ['list_volunteers'],
  readVolunteer: ['read_volunteer_file'],
  applyAsVolunteer: ['apply_volunteer'],
  checkVolunteer: ['check_volunteer_site', 'check_volunteer_county'],
  trainVolunteer: ['train_volunteer'],
  startVolunteer: ['check_volunteer_site'],
  pauseVolunteer: ['pause_volunteer'],
  // Families, helpers and cards
  proposeBinding: ['propose_binding'],
  listWaitingBindings: ['check_binding'],
  listBindings: ['list_bindings'],
  checkBinding: ['check_binding'],
  confirmBinding: ['confirm_binding'],
  endBinding: ['end_binding'],
  listHelped: ['read_me'],
  readHelpedBalance: ['read_helped'],
  listHelpedEntries: ['read_helped'],
  issueCard: ['issue_card'],
  reportCardLost: ['manage_card'],
  readByCard: ['read_by_card'],
  listCards: ['manage_card'],
  unlockCard: ['issue_card'],
  // Requests and visits
  postRequest: ['post_request', 'order_for_elder'],
  redeemHours: ['redeem_hours', 'spend_for_elder', 'order_for_elder'],
  listRequests: ['list_open_requests', 'list_own_requests', 'list_community_requests', 'read_request'],
  readRequest: ['read_request'],
  listCandidates: ['list_candidates'],
  cancelRequest: ['cancel_request'],
  acceptRequest: ['accept_request'],
  checkIn: ['check_in'],
  checkOut: ['check_out'],
  confirmVisit: ['confirm_visit'],
  readCoverage: ['read_coverage'],
  // Hours
  readBalance: ['read_account'],
  listEntries: ['read_account'],
  readProof: ['read_account'],
  readCheckpoint: 'public',
  giveHours: ['give_hours', 'act_for_member'],
  donateHours: ['donate_hours', 'act_for_member'],
  chooseOverflow: ['choose_overflow', 'act_for_member'],
  readPool: ['read_pool'],
  listFamily: ['list_family'],
  bindFamily: ['bind_family'],
  endFamily: ['bind_family'],
  // Rules of regions
  readPolicy: ['read_policy'],
  simulatePolicy: ['simulate_policy'],
  proposePolicy: ['propose_policy'],
  approvePolicy: ['approve_policy'],
  // Staff and the ledger
  proposeCorrection: ['propose_correction'],
  listCorrections: ['list_cases'],
  readCorrection: ['read_correction'],
  approveCorrection: ['decide_correction'],
  proposeGrants: ['propose_grants'],
  listGrants: ['list_cases'],
  readGrants: ['read_grants'],
  approveGrants: ['decide_grants'],
  readMemberAccount: ['read_member_account'],
  listMemberEntries: ['read_member_account'],
  freezeAccount: ['freeze_account'],
  unfreezeAccount: ['unfreeze_account'],
  closeAccount: ['close_account'],
  moveAccount: ['move_account'],
  bringHours: ['bring_hours'],
  openOrganisation: ['open_organisation'],
  listOrganisations: ['list_organisations'],
  readOrganisation: ['read_organisation'],
  listOrganisationMembers: ['read_organisation'],
  changeOrganisation: ['change_organisation'],
  bankGroupHours: ['bank_group_hours'],
  donateGroupHours: ['donate_group_hours'],
  enterPurchase: ['enter_purchase'],
  readPurchase: ['read_purchase'],
  usePurchase: ['use_purchase', 'read_purchase'],
  // The five societies together
  reportNeed: ['report_need'],
  listLinkages: ['list_linkages'],
  readLinkage: ['read_linkage'],
  openLinkage: ['open_linkage'],
  assessLinkage: ['assess_linkage'],
  dispatchLinkage: ['dispatch_linkage'],
  attachResource: ['attach_resource'],
  closeLinkage: ['close_linkage'],
  registerResource: ['register_resource'],
  listResources: ['list_resources'],
  readNumbers: ['read_region_numbers'],
  // What a person may ask of their own data
  listConsents: ['read_own_file'],
  giveConsent: ['give_consent'],
  readOwnCopy: ['read_own_file'],
  listOwnDataWishes: ['ask_about_data'],
  askAboutData: ['ask_about_data'],
  listDataWishes: ['list_data_wishes'],
  answerDataWish: ['decide_about_data'],
  // What stands on record
  listReaders: ['read_own_file'],
  listAudit: ['read_audit'],
  exportAudit: ['read_audit'],
};

/** The actions of an operation and who may ask for one of them somewhere: roles, or `member` for everybody. */
const permissionsOf = (operationId: string): Record<string, readonly string[]> => {
  const asks = routeActions[operationId];
  if (asks === undefined || asks === 'public') return {};
  const holders = new Set(asks.flatMap((action) => Object.keys(rules[action].may)));
  return { 'x-actions': asks, 'x-roles': [...holders] };
};

/** The OpenAPI document with the permissions that each operation asks for, as `x-actions` and `x-roles`. */
export const openApiWithPermissions = (): OpenApiDocument => {
  const document = openApiDocument();
  const paths = { ...document.paths };
  for (const { path, method, operationId } of routes) {
    const operation = paths[path]?.[method];
    if (typeof operation !== 'object') continue;
    paths[path] = { ...paths[path], [method]: { ...operation, ...permissionsOf(operationId) } };
  }
  return { ...document, paths };
};
