#include "conversation/telling.hpp"

#include <algorithm>

#include "conversation/store.hpp"
#include "identity/identity.hpp"
#include "platform/text/markdown.hpp"

namespace kith::conversation {

void tell_unless_muted(db::Tx& tx, MemberId reader, notices::Kind kind, const notices::About& about,
                       NoteSet notes) {
    if (std::ranges::binary_search(store::muted_threads(tx, reader), about.thread)) return;
    if (identity::is_muted(identity::muted_by(tx, reader), about.from, about.group)) return;
    if (!notes.empty() && content_notes::choices_of(tx, reader).wants_no_news(notes)) return;
    notices::tell(tx, reader, kind, about);
}

namespace {

// Whom a text names: of each "@" the longest reading that is somebody's name in this group.
std::vector<PersonaId> named_in(db::ReadTx& tx, GroupId group, std::string_view markdown) {
    std::vector<PersonaId> out;
    const auto is_here = [&](PersonaId persona) {
        const auto access = groups::readable(tx, Actor::of(identity::member_of(tx, persona)), group);
        return access && access->persona == persona;
    };
    for (const text::Mention& mention : text::mentions_in(markdown)) {
        for (const std::string& reading : mention) {
            const auto persona = identity::find_persona(tx, reading);
            if (!persona || !is_here(*persona)) continue;
            out.push_back(*persona);
            break;
        }
    }
    return out;
}

// Tells each reader of a post once; nobody hears of their own.
class Telling {
public:
    Telling(db::Tx& tx, const Thread& thread, const Post& post, MemberId writer)
        : tx_(tx),
          about_{thread.group, thread.id, post.id.number(), post.author},
          notes_(post.notes),
          told_{writer} {}

    void tell(PersonaId persona, notices::Kind kind) {
        const MemberId reader = identity::member_of(tx_, persona);
        if (std::ranges::find(told_, reader) != told_.end()) return;
        told_.push_back(reader);
        if (notices::is_told(tx_, reader, kind, about_)) return;
        if (groups::readable(tx_, Actor::of(reader), about_.group))
            tell_unless_muted(tx_, reader, kind, about_, notes_);
    }

private:
    db::Tx& tx_;
    notices::About about_;
    NoteSet notes_;
    std::vector<MemberId> told_;
};

}  // namespace

void tell_readers(db::Tx& tx, const Thread& thread, const Post& post, MemberId writer,
                  std::string_view markdown) {
    Telling telling(tx, thread, post, writer);
    const auto target = post.reply_to > 0 ? store::find_post(tx, PostId(thread.id, post.reply_to))
                                          : std::nullopt;
    if (target) telling.tell(target->author, notices::Kind::reply);
    for (const PersonaId named : named_in(tx, thread.group, markdown))
        telling.tell(named, notices::Kind::mention);
    if (thread.author != post.author) telling.tell(thread.author, notices::Kind::reply);
}

void tell_newly_named(db::Tx& tx, const Thread& thread, const Post& post, MemberId writer,
                      std::string_view before, std::string_view after) {
    const std::vector<PersonaId> known = named_in(tx, thread.group, before);
    Telling telling(tx, thread, post, writer);
    for (const PersonaId named : named_in(tx, thread.group, after))
        if (std::ranges::find(known, named) == known.end()) telling.tell(named, notices::Kind::mention);
}

}  // namespace kith::conversation
