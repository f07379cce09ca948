#include <algorithm>

#include "doors/doors.hpp"
#include "doors/holds.hpp"
#include "doors/store.hpp"
#include "doors/work.hpp"

// How many come in.
namespace kith::doors {
namespace {

using http::Ctx;

constexpr std::int64_t slot_ms = 10 * minute_ms;
constexpr std::size_t seed_bytes = 12;
constexpr std::string_view token_field = "door_token", work_field = "door_work";

std::int64_t slot_of(Time time) { return time.ms / slot_ms; }

bool is_work_asked(const Numbers& numbers, std::int64_t came) {
    if (numbers.asking != Asking::when_busy) return numbers.asking == Asking::always;
    return came >= numbers.busy_from;
}

std::string_view next_page(const Ctx& ctx) {
    const std::string_view typed = ctx.form().get("next");
    return typed.empty() ? ctx.query().get("next") : typed;
}

bool is_invited(db::ReadTx& tx, const Ctx& ctx, identity::Way way) {
    return way == identity::Way::by_invitation || groups::is_invitation(tx, next_page(ctx));
}

// The state of the door for one newcomer.
struct Look {
    Numbers numbers;
    std::int64_t came = 0;  // in the hour
    bool is_invited = false;
    std::string secret;  // of challenges; empty: there is none yet
    bool are_any_held = false;

    bool is_full() const { return !is_invited && came >= numbers.per_hour; }
    bool asks() const { return !is_invited && is_work_asked(numbers, came); }
};

Look look(Ctx& ctx, identity::Way way) {
    return ctx.read([&](db::ReadTx& tx) {
        return Look{store::numbers(tx), count_since(tx, tx.now() + -hour_ms).came, is_invited(tx, ctx, way),
                    store::secret(tx, store::Purpose::work).value_or(""), store::any_network(tx)};
    });
}

std::string secret_for(Ctx& ctx, const Look& now) {
    if (!now.secret.empty()) return now.secret;
    const auto made = ctx.services.db.write([&](db::Tx& tx) -> Result<std::string> {
        store::insert_secret(tx, store::Purpose::work, ctx.services.random.token(32));
        return store::secret(tx, store::Purpose::work).value();
    });
    return made.value();
}

// The one that came with the form while it is good: nobody waits anew because of another mistake.
struct Asked {
    Challenge challenge;
    std::string sealed;
};
Asked challenge_for(Ctx& ctx, const Look& now) {
    const std::string secret = secret_for(ctx, now);
    const std::string_view sent = ctx.form().get(token_field);
    if (const auto known = unseal(secret, sent, ctx.now()))
        if (!ctx.read([&](db::ReadTx& tx) { return store::is_spent(tx, digest_of(*known)); }))
            return {*known, std::string(sent)};
    const Challenge fresh{ctx.now(), parts_for(now.came, now.numbers.busy_from),
                          ctx.services.random.token(seed_bytes)};
    return {fresh, seal(secret, fresh)};
}

// Rounded up to whole units.
Error wait_error(std::string_view message, std::int64_t left_ms, std::int64_t unit_ms) {
    Error error{Fault::too_many, std::string(message), ""};
    error.detail = std::to_string(std::max<std::int64_t>((left_ms + unit_ms - 1) / unit_ms, 1));
    return error;
}

// Until the oldest ten minutes of the hour make room.
Error full(Time now) {
    return wait_error(
        t_later("Many people are joining just now. Please try again in %1 minutes. “Need help now?” "
                "above is open to you without an account."),
        slot_ms - now.ms % slot_ms, minute_ms);
}

Error too_early(std::int64_t left_ms) {
    return wait_error(
        t_later("Many people are joining just now, so please wait %1 seconds, then send this once more."),
        left_ms, second_ms);
}

// The digest of the challenge that was answered: by work, or by a minute of waiting.
struct Answer {
    std::string digest;
    bool by_work = false;
};
Result<Answer> answer_of(const Ctx& ctx, const Look& now) {
    const auto challenge = unseal(now.secret, ctx.form().get(token_field), ctx.now());
    if (!challenge) return tl::unexpected(too_early(wait_ms));
    const std::string_view work = ctx.form().get(work_field);
    if (!work.empty() && is_solved(*challenge, work)) return Answer{digest_of(*challenge), true};
    const Time good_at = challenge->made_at + wait_ms;
    if (ctx.now() >= good_at) return Answer{digest_of(*challenge), false};
    return tl::unexpected(too_early(good_at.ms - ctx.now().ms));
}

tl::unexpected<Error> turned_away(Ctx& ctx, const Error& error) {
    const Done counted = ctx.services.db.write([&](db::Tx& tx) -> Done {
        store::add_count(tx, slot_of(tx.now()), {.turned_away = 1});
        return {};
    });
    CHECK(counted);
    return tl::unexpected(error);
}

// A ticket says how somebody came past the challenge by its first letter.
constexpr char worked = 'w', waited = 'm';

}  // namespace

void ask(Html& h, Ctx& ctx, identity::Way way) {
    const Look now = look(ctx, way);
    // Said before they have typed anything.
    if (now.is_full()) h << "<p class=\"notice\">" << ctx.words.say(full(ctx.now())) << "</p>";
    if (now.is_full() || !now.asks()) return;
    const Asked asked = challenge_for(ctx, now);
    h << "<input type=\"hidden\" name=\"" << token_field << "\" value=\"" << asked.sealed
      << "\"><input type=\"hidden\" name=\"" << work_field << "\" value=\"" << ctx.form().get(work_field)
      << "\" data-seed=\"" << asked.challenge.seed << "\" data-parts=\"" << asked.challenge.parts
      << "\" data-bits=\"" << work_bits << "\"><p class=\"hint\" data-wait>"
      << ctx.t(
             "Many people are joining just now. So that there is room for people, and not for machines, "
             "please take "
             "a minute over this form: it can be sent one minute after you opened it. With an invitation you "
             "can "
             "send it at once.")
      << "</p>";
}

Result<identity::Ticket> check(Ctx& ctx, identity::Way way) {
    const Look now = look(ctx, way);
    if (now.is_full()) return turned_away(ctx, full(ctx.now()));
    identity::Ticket ticket;
    if (now.asks()) {
        const auto answer = answer_of(ctx, now);
        if (!answer) return tl::unexpected(answer.error());
        ticket.work = std::string(1, answer->by_work ? worked : waited) + answer->digest;
    }
    const Done taken = ctx.write([&](db::Tx& tx) {
        return identity::take_sign_up(tx, ctx.request.client, ctx.services.random,
                                      static_cast<int>(now.numbers.per_network));
    });
    if (!taken) return turned_away(ctx, taken.error());
    if (now.are_any_held) ticket.network = network_digest(ctx.services, ctx.request.client);
    return ticket;
}

Done come_in(db::Tx& tx, MemberId newcomer, const identity::Ticket& ticket) {
    Count count{.came = 1};
    if (!ticket.work.empty()) {
        if (!store::spend(tx, ticket.work.substr(1)))
            return too_many("This form was sent already. Please open the page again.");
        (ticket.work[0] == worked ? count.worked : count.waited) = 1;
    }
    store::add_count(tx, slot_of(tx.now()), count);
    if (!ticket.network.empty()) note_newcomer(tx, newcomer, ticket.network);
    return {};
}

Count count_since(db::ReadTx& tx, Time since) { return store::count_from(tx, slot_of(since) + 1); }

void forget_counts_before(db::Tx& tx, Time time) { store::forget_counts_before(tx, slot_of(time)); }

}  // namespace kith::doors
