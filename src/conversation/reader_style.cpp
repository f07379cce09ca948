#include "conversation/reader_style.hpp"

#include <algorithm>

#include "conversation/waiting.hpp"
#include "identity/identity.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

// "#p3,#p7": the posts of which `pick` is true.
template <class Pick>
void reveal(std::string& style, const ThreadEntry& page, std::string_view part, std::string_view rule,
            Pick&& pick) {
    bool any = false;
    for (const Author& author : page.authors) {
        if (!pick(author)) continue;
        if (any) style += ',';
        style += "#p" + std::to_string(author.number);
        style += part;
        any = true;
    }
    if (any) style += rule;
}

void reveal_support(std::string& style, const store::OwnSupport& mine) {
    const std::string post = "#p" + std::to_string(mine.post.number());
    const std::string kind(to_word(mine.kind));
    style += post + " .mine-" + kind + "{display:inline}";
    style += post + " .kind-" + kind + "{--support:var(--accent-soft);--support-edge:var(--accent)}";
    style += post + " .take-back{display:block}";
}

// The moment at which opening or closing dates may change what people may do.
Time access_end(const groups::Group& group, Time now) {
    Time end{INT64_MAX};
    for (const auto& date : {group.opens_at, group.closes_at})
        if (date && *date > now) end = std::min(end, *date);
    return end;
}

std::string name_of(db::ReadTx& tx, PersonaId persona) {
    const PersonaId ids[] = {persona};
    const auto names = identity::names_of(tx, ids);
    const auto found = names.find(persona);
    return found == names.end() ? std::string() : found->second;
}

}  // namespace

std::string reader_style(const ThreadEntry& page, const Reader& reader, std::int64_t read_number) {
    std::string style;
    const Rights& rights = *reader.rights;
    const auto own = [&](const Author& a) {
        return std::ranges::find(rights.own, a.persona) != rights.own.end();
    };
    const auto muted = [&](const Author& a) {
        return identity::is_muted(reader.muted, a.persona, page.group);
    };
    const auto is_kept_away = [&](const Author& a) { return rights.choices.keeps_away(a.notes) && !own(a); };
    const auto is_open = [&](const Author& a) { return rights.choices.opens(a.notes) && !a.has_own_note; };
    reveal(style, page, " .own", "{display:inline}", own);
    reveal(style, page, " .supports button", "{display:none}", own);
    if (rights.follows)
        reveal(style, page, " .unread-word", "{display:inline}", [&](const Author& a) {
            return a.number > read_number && !own(a) && !muted(a) && !is_kept_away(a);
        });
    if (!reader.muted.empty()) {
        reveal(style, page, " :is(.text,.note,.supports)", "{display:none}", muted);
        reveal(style, page, " .muted-note", "{display:block}", muted);
    }
    if (!rights.choices.never.empty()) {
        reveal(style, page, " :is(.text,.note,.supports)", "{display:none}", is_kept_away);
        reveal(style, page, " .kept-away", "{display:block}", is_kept_away);
    }
    // Where a browser cannot open it by style, it stays folded.
    if (!rights.choices.open.empty()) {
        style += "@supports selector(::details-content){";
        reveal(style, page, " .note::details-content", "{content-visibility:visible}", is_open);
        reveal(style, page, " .note>summary", "{display:none}", is_open);
        reveal(style, page, " .note-words", "{display:block}", is_open);
        style += '}';
    }
    if (pacing::together(rights.pace.settings).read_only && !rights.moderate)
        style += "#reply-box,.reply-to{display:none}";
    for (const store::OwnSupport& support : reader.supports) reveal_support(style, support);
    return style;
}

std::string class_of(const http::Ctx& ctx, const Rights& rights) {
    std::string out;
    if (ctx.signed_in()) out += "signed-in";
    if (rights.write) out += " can-write";
    if (rights.moderate) out += " can-moderate";
    return out;
}

void alias_note(Html& h, const http::Ctx& ctx, std::string_view alias) {
    if (alias.empty()) return;
    h << " "
      << ctx.f("In this thread you also wrote as %1. Only you see that this is you.",
               identity::shown_name(alias, ctx.words));
}

void writing_note(Html& h, const http::Ctx& ctx, GroupId group, const Rights& rights) {
    if (rights.write) {
        h << "<p class=\"meta\">" << ctx.f("You write here as %1.", rights.writes_as);
        alias_note(h, ctx, rights.voices.alias);
        h << "</p>";
        pacing::notes(h, ctx, rights.pace, rights.moderate);
        own_waiting(h, ctx, rights.pace, rights.note_list);
        return;
    }
    pacing::notes(h, ctx, rights.pace, rights.moderate);
    own_waiting(h, ctx, rights.pace, rights.note_list);
    if (rights.follows && !rights.member) return;  // whoever looks after the group without being in it
    const groups::Access access{.phase = rights.phase, .member = rights.member};
    h << "<p class=\"notice\">" << groups::reading_note(ctx, access) << " <a href=\""
      << (rights.member ? url::group(group) : url::membership(group)) << "\">"
      << (rights.member ? ctx.t("About this group") : ctx.t("About joining")) << "</a></p>";
}

std::shared_ptr<Rights> rights_from(db::ReadTx& tx, const http::Ctx& ctx, const groups::Access& access,
                                    ThreadId thread) {
    auto rights = std::make_shared<Rights>();
    rights->write = access.write;
    rights->moderate = access.moderate;
    rights->member = access.member;
    rights->follows = access.member || access.lead || access.moderate;
    rights->phase = access.phase;
    rights->pace = pacing::here(tx, ctx.actor().member, access.group.id, thread);
    if (!rights->pace.own.empty()) rights->note_list = content_notes::list(tx);
    rights->good_until = std::min(access_end(access.group, tx.now()), rights->pace.good_until(tx.now()));
    if (access.write) rights->writes_as = name_of(tx, access.persona);
    if (!thread) return rights;
    rights->voices = voices_for(tx, ctx.actor(), access, thread);
    if (!ctx.session) return rights;
    rights->own = identity::personas_of(tx, ctx.session->member, thread);
    rights->choices = content_notes::choices_of(tx, ctx.session->member);
    return rights;
}

}  // namespace kith::conversation
