#pragma once

#include <string>
#include <utility>

#include "groups/forms.hpp"
#include "groups/groups.hpp"
#include "platform/http/page.hpp"
#include "url.hpp"

// The handlers of this feature. An Error they return is shown as a page or as JSON.
namespace kith::groups::pages {

using http::Ctx;
using http::Response;
using Answer = Result<Response>;

Answer show_directory(Ctx& ctx);

Answer show_new_group(Ctx& ctx);
Answer save_new_group(Ctx& ctx);
Answer show_settings(Ctx& ctx);
Answer save_settings(Ctx& ctx);
Answer save_leader(Ctx& ctx);
Answer show_topics(Ctx& ctx);
Answer save_topic(Ctx& ctx);

Answer show_membership(Ctx& ctx);
Answer save_membership(Ctx& ctx);
Answer end_membership(Ctx& ctx);
Answer save_name(Ctx& ctx);
Answer save_agreement(Ctx& ctx);
Answer show_code_form(Ctx& ctx);
Answer open_code(Ctx& ctx);
Answer show_invited(Ctx& ctx);

Answer show_requests(Ctx& ctx);
Answer answer_request(Ctx& ctx);
Answer show_ending(Ctx& ctx);
Answer save_ending(Ctx& ctx);
Answer show_invitations(Ctx& ctx);
Answer save_invitation(Ctx& ctx);
Answer end_invitation(Ctx& ctx);

// The form once more with what was typed, if the person can put it right; else the error itself.
// again(const Typed&) -> Answer.
template <class Again>
Answer once_more(Ctx& ctx, Error error, Again&& again) {
    const bool can_fix = error.fault == Fault::invalid || error.fault == Fault::conflict ||
                         error.fault == Fault::too_many;
    if (ctx.wants_json() || !can_fix) return tl::unexpected(std::move(error));
    return again(Typed{ctx.form(), std::move(error)});
}

// The frame of a page one step below the directory.
inline http::Frame frame(const Ctx& ctx, std::string_view title, std::string_view heading) {
    return {.title = std::string(title),
            .heading = std::string(heading),
            .crumbs = {{std::string(ctx.t("Groups")), url::groups()}}};
}
// And one step below a group.
inline http::Frame frame_in(const Ctx& ctx, const Group& group, std::string_view title) {
    http::Frame out = frame(ctx, title, title);
    out.crumbs.push_back({group.name, url::group(group.id)});
    return out;
}

}  // namespace kith::groups::pages
