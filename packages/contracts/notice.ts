/** What the service tells people of its own accord. */
import * as z from 'zod/mini';

/**
 * What a notice is about. The words stand in one place for all channels and three languages; a notice itself carries
 * ids and figures and nothing personal.
 */
export const NoticeKind = z.enum([
  // To the elder's side
  'person_found',
  'person_changed',
  'visit_cancelled',
  'please_confirm',
  'please_confirm_again',
  'please_rate',
  'unfilled_apology',
  'request_rejected',
  // To volunteers
  'asked',
  'already_taken',
  'plan_assigned',
  'plan_withdrawn',
  'place_changed',
  'visit_soon',
  'check_out_forgotten',
  'hours_booked',
  'not_chosen',
  'paused_for_no_shows',
  'please_rate_visit',
  // To an organisation
  'organisation_asked',
  // To the five societies
  'linkage_task',
  // To the desk
  'review_waiting',
  'volunteer_withdrew',
  'volunteer_paused',
  'elder_cancels_late',
  'unfilled_soon',
  'unfilled',
  'no_show',
  'safety_alarm',
  'check_out_overdue',
  'call_back_waiting',
  'need_found',
  'bad_rating',
  'rectify_overdue',
  'honesty_item',
  'series_stopped',
  // To both sides
  'dispute_opened',
  'dispute_decided',
  'dispute_overdue',
  'correction_made',
  // Help that comes again, and activities
  'series_date_short',
  'activity_place',
  'activity_cancelled',
  // Emergencies
  'emergency_opened',
  'emergency_escalated',
  'emergency_over',
  // To oneself, about one's own settings
  'confirm_address',
]);
export type NoticeKind = z.infer<typeof NoticeKind>;
