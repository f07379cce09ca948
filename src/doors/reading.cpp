#include <atomic>

#include "doors/doors.hpp"
#include "doors/holds.hpp"
#include "doors/readers.hpp"
#include "doors/store.hpp"
#include "platform/crypto/crypto.hpp"

// Somebody who opens far more conversations than people read.
namespace kith::doors {
namespace {

using http::Ctx;

// Many people share a network, and guests have nothing else to be told apart by.
constexpr std::int64_t of_a_network = 5;

// One for the process: routes count into it.
Readers& readers() {
    static Readers all;
    return all;
}
std::atomic<std::int64_t>& limit() {
    static std::atomic<std::int64_t> most = 0;
    return most;
}

// A member's number, or a keyed hash of a guest's network that means nothing once the process has ended.
std::uint64_t reader_of(const Ctx& ctx) {
    if (ctx.session) return static_cast<std::uint64_t>(ctx.session->member.value());
    static const auto key = [] {
        std::array<unsigned char, crypto::short_key_bytes> bytes{};
        crypto::SystemRandom().fill(std::as_writable_bytes(std::span(bytes)));
        return bytes;
    }();
    return crypto::short_digest(key, identity::network_of(ctx.request.client)) | (std::uint64_t{1} << 63);
}

Readers::Seen look(const Ctx& ctx, ThreadId thread, bool may_tell) {
    const std::int64_t most = limit().load(std::memory_order_relaxed);
    if (most == 0) return {};
    return readers().open(reader_of(ctx), static_cast<std::uint64_t>(thread.value()), ctx.now(),
                          ctx.session ? most : most * of_a_network, may_tell);
}

// Staff read much more when they work.
bool has_task(const Ctx& ctx) {
    return ctx.session && (ctx.session->host || ctx.session->coordinator ||
                           ctx.session->is_moderator_somewhere() || ctx.session->is_facilitator_somewhere());
}

void tell(Ctx& ctx, const Readers::Seen& seen) {
    const Done told = ctx.services.db.write([&](db::Tx& tx) -> Done {
        const auto member = ctx.session ? std::optional(ctx.session->member) : std::nullopt;
        note_alarm(tx, member, seen.to_tell, seen.began_at);
        return {};
    });
    CHECK(told);
}

}  // namespace

void use_numbers(const Numbers& numbers) {
    if (limit().exchange(numbers.reads_an_hour) != numbers.reads_an_hour) readers().forget();
}

bool opens_at_once(const Ctx& ctx, ThreadId thread) { return has_task(ctx) || look(ctx, thread, false).open; }

Done opens(Ctx& ctx, ThreadId thread) {
    if (has_task(ctx)) return {};
    const Readers::Seen seen = look(ctx, thread, true);
    if (seen.to_tell > 0) tell(ctx, seen);
    if (seen.open) return {};
    return too_many(
        "You have opened very many conversations in a short time. Please rest your eyes a little: another "
        "one opens "
        "in ten seconds.");
}

void note_alarm(db::Tx& tx, std::optional<MemberId> member, std::int64_t opened, Time began_at) {
    store::put_alarm(tx, member, opened, began_at);
    tell_hosts(tx);
}

std::vector<ReadingAlarm> reading_alarms(db::ReadTx& tx) { return store::alarms(tx, 20); }

}  // namespace kith::doors
