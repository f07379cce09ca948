#include "identity/identity.hpp"
#include "mailing/mailing.hpp"
#include "own_data/own_data.hpp"
#include "platform/jobs/jobs.hpp"
#include "tests/pages.hpp"

namespace kith::own_data {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

const std::string password(Cast::password);

BOTH_ENGINES(Farewell, says_on_the_last_page_what_goes_and_what_stays) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_TRUE(pages.get("/goodbye?words=keep").shows("Your posts, under no name, and quotes of them."));
    EXPECT_FALSE(pages.get("/goodbye?words=keep").shows("pictures of your posts"));
    EXPECT_TRUE(
        pages.get("/goodbye?words=take").shows("The words and pictures of your posts, and quotes of them."));
    EXPECT_TRUE(pages.get("/goodbye").shows("backups of the whole site"));
    EXPECT_EQ(pages.get("/goodbye?words=nothing").status, 200);
}

BOTH_ENGINES(Farewell, comes_by_mail_to_a_confirmed_address_unless_it_was_taken_back) {
    const Cast cast(world);
    std::vector<mail::Message> sent;
    const mailing::Outgoing outgoing{"kith@example.org", [&](const mail::Message& message) {
                                         sent.push_back(message);
                                         return mail::Outcome();
                                     }};
    jobs::Runner runner(*world.services, {{std::string(last_mail_job), {[&](const std::string& payload) {
                                               send_last_mail(*world.services, payload, outgoing);
                                           }}}});
    const auto leave = [&](MemberId who) {
        ASSERT_TRUE(ask_erasure(*world.services, as(who), {OwnWords::take, password}));
        while (runner.run_one()) {
        }
    };
    ASSERT_TRUE(identity::set_email(*world.services, as(cast.ada), {"ada@example.org", password}));
    ASSERT_TRUE(identity::set_email(*world.services, as(cast.bo), {"bo@example.org", password}));
    world.must([&](db::Tx& tx) { return identity::confirm_email(tx, cast.ada, "ada@example.org"); });
    send_last_mail(*world.services, std::to_string(cast.ada.value()), outgoing);
    leave(cast.bo);
    EXPECT_TRUE(sent.empty());
    leave(cast.ada);
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0].to, "ada@example.org");
    for (const char* words : {"The words and pictures of your posts, and quotes of them.", "/sign-in\n",
                              "backups of the whole site"})
        EXPECT_NE(sent[0].body.find(words), std::string::npos) << words << "\n" << sent[0].body;
    EXPECT_EQ(sent[0].body.find("Ada"), std::string::npos) << "others may see the mail";
}

}  // namespace
}  // namespace kith::own_data
